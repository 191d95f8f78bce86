package org.therapost.mailets.authentication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.jdkim.DKIMCommon;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;
import org.therapost.mailets.mime.BodyHash;
import org.therapost.mailets.mime.MailHeader;

/**
 * Which signatures of the author's domain hold over a message: DKIM (RFC 6376, RFC 8301, RFC 8463). Parsing and
 * canonicalization are jDKIM's; which signatures and keys count is decided here.
 */
final class DkimCheck extends DKIMCommon {

    // More than any honest chain of servers adds; RFC 6376 section 6.1 leaves the bound to the verifier.
    private static final int SIGNATURES = 20;

    // RFC 6376 section 3.5, t=: clocks differ. A signature from further ahead is looked at again when its time has
    // come.
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Dns dns;
    private final DmarcPolicy policy;
    private final Clock clock;

    DkimCheck(Dns dns, DmarcPolicy policy, Clock clock) {
        this.dns = dns;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * What the signatures said.
     *
     * @param signed the fields that each good signature covers, in lower case; one set for each
     * @param unclear whether another signature may prove to be good at another time
     */
    record Signatures(List<Set<String>> signed, boolean unclear) {

        Signatures {
            signed = List.copyOf(signed);
        }
    }

    /** Looks at all signatures that are aligned with the author's domain. */
    Signatures check(MailHeader header, MailContent content, String authorDomain) {
        List<DkimField> candidates = header.fields("DKIM-Signature").stream()
                .flatMap(field -> DkimField.of(field).stream())
                .filter(field -> policy.alignment(field.record().domain(), authorDomain) != DomainAlignment.NONE)
                .limit(SIGNATURES)
                .toList();
        List<Set<String>> signed = new ArrayList<>();
        boolean unclear = false;
        Bodies bodies = new Bodies(content);
        for (DkimField candidate : candidates) {
            switch (verify(header, candidate, bodies, authorDomain)) {
                case PASS -> signed.add(candidate.record().signed());
                case CANNOT_TELL -> unclear = true;
                case FAIL -> {
                    // The next one may be good: a list's signature breaks the author's, not the other way round.
                }
            }
        }
        return new Signatures(signed, unclear);
    }

    private AuthenticationVerdict verify(MailHeader header, DkimField field, Bodies bodies, String authorDomain) {
        DkimRecord record = field.record();
        DnsAnswer<String> keys = dns.texts(record.getSelector() + "._domainkey." + record.domain());
        if (keys instanceof DnsAnswer.CannotTell) {
            return AuthenticationVerdict.CANNOT_TELL;
        }
        Optional<PublicKey> key = keys instanceof DnsAnswer.Found<String> found
                ? found.records().stream()
                        .flatMap(text -> DkimKey.of(text, record).stream())
                        .findFirst()
                : Optional.empty();
        if (key.isEmpty() || !holds(header, field, key.get(), bodies)) {
            return AuthenticationVerdict.FAIL;
        }
        Instant now = clock.instant();
        if (record.made().filter(made -> made.isAfter(now.plus(SLACK))).isPresent()) {
            return AuthenticationVerdict.CANNOT_TELL;
        }
        return policy.accepts(policy.alignment(record.domain(), authorDomain), authorDomain, "adkim");
    }

    private static boolean holds(MailHeader header, DkimField field, PublicKey key, Bodies bodies) {
        DkimRecord record = field.record();
        try {
            SignedHeaderOctets octets = new SignedHeaderOctets();
            octets.initVerify(key);
            signatureCheck(new OneSignature(header, field.raw()), record, record.getHeaders(), octets);
            return octets.isSigned(record, key) && MessageDigest.isEqual(bodies.hash(record), record.getBodyHash());
        } catch (PermFailException | GeneralSecurityException | IOException | RuntimeException wrong) {
            return false;
        }
    }

    /** The body's hashes: there are two canonical forms of a body, however many signatures there are. */
    private static final class Bodies {

        private final MailContent content;
        private final Map<String, byte[]> hashes = new HashMap<>();

        Bodies(MailContent content) {
            this.content = content;
        }

        byte[] hash(DkimRecord record) throws IOException, PermFailException {
            byte[] known = hashes.get(record.getBodyCanonicalisationMethod());
            if (known != null) {
                return known;
            }
            try (InputStream body = content.stream()) {
                body.skipNBytes(content.headerSize());
                BodyHash hasher = new BodyHash(record);
                streamCopy(body, hasher.getOutputStream());
                byte[] hash = hasher.getDigest();
                hashes.put(record.getBodyCanonicalisationMethod(), hash);
                return hash;
            }
        }
    }

    /** One {@code DKIM-Signature} field that could prove something. */
    private record DkimField(RawField raw, DkimRecord record) {

        static Optional<DkimField> of(RawField raw) {
            try {
                String text = text(raw);
                DkimRecord record = new DkimRecord(text.substring(text.indexOf(':') + 1));
                return record.counts() ? Optional.of(new DkimField(raw, record)) : Optional.empty();
            } catch (RuntimeException unreadable) {
                return Optional.empty();
            }
        }
    }

    /** jDKIM turns text into octets by the default character set, so the way back is the same. */
    private static String text(RawField field) {
        return new String(field.getRaw().toByteArray(), Charset.defaultCharset());
    }

    /** A header section in which only one signature is looked at. */
    private static final class OneSignature implements Headers {

        private final MailHeader header;
        private final RawField signature;

        OneSignature(MailHeader header, RawField signature) {
            this.header = header;
            this.signature = signature;
        }

        @Override
        public List<String> getFields() {
            return header.fields().stream().map(DkimCheck::text).toList();
        }

        @Override
        public List<String> getFields(String name) {
            if (name.equalsIgnoreCase("DKIM-Signature")) {
                return List.of(text(signature));
            }
            return header.fields(name).stream().map(DkimCheck::text).toList();
        }
    }
}
