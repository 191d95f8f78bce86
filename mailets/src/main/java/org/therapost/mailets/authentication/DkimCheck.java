package org.therapost.mailets.authentication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.api.PublicKeyRecord;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.TempFailException;
import org.apache.james.jdkim.tagvalue.PublicKeyRecordImpl;
import org.apache.james.jdkim.tagvalue.SignatureRecordImpl;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;
import org.therapost.mailets.mime.MailHeader;

/**
 * Whether a domain signed a message: DKIM (RFC 6376), by jDKIM. Signatures that leave out a part of the body, that use
 * SHA-1 or a key of less than 1,024 bits (RFC 8301) prove nothing here.
 */
final class DkimCheck {

    private static final int SIGNATURES = 5;
    private static final int KEY_BITS = 1024;

    private final Dns dns;
    private final DmarcPolicy policy;

    DkimCheck(Dns dns, DmarcPolicy policy) {
        this.dns = dns;
        this.policy = policy;
    }

    /** Whether a signature that is aligned with the author's domain holds. */
    Verdict check(MailHeader header, MailContent content, String authorDomain) {
        Verdict best = Verdict.FAIL;
        List<RawField> candidates = header.fields("DKIM-Signature").stream()
                .filter(signature -> counts(signature, authorDomain))
                .limit(SIGNATURES)
                .toList();
        for (RawField signature : candidates) {
            best = best.or(verify(header, signature, content, authorDomain));
            if (best == Verdict.PASS) {
                break;
            }
        }
        return best;
    }

    private static boolean counts(RawField signature, String authorDomain) {
        try {
            SignatureRecord record = new SignatureRecordImpl(value(signature));
            record.validate();
            return record.getBodyHashLimit() < 0
                    && "rsa".contentEquals(record.getHashKeyType())
                    && "sha256".contentEquals(record.getHashMethod())
                    && Alignment.of(record.getDToken().toString(), authorDomain) != Alignment.NONE;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private Verdict verify(MailHeader header, RawField signature, MailContent content, String authorDomain) {
        Verdict signed = verify(header, signature, content);
        if (signed != Verdict.PASS) {
            return signed;
        }
        String domain = new SignatureRecordImpl(value(signature)).getDToken().toString();
        return policy.accepts(Alignment.of(domain, authorDomain), authorDomain, "adkim");
    }

    private Verdict verify(MailHeader header, RawField signature, MailContent content) {
        try (InputStream body = content.stream()) {
            body.skipNBytes(content.headerSize());
            List<SignatureRecord> verified = new Verifier().verify(new OneSignature(header, signature), body);
            return verified == null || verified.isEmpty() ? Verdict.FAIL : Verdict.PASS;
        } catch (TempFailException unclear) {
            return Verdict.CANNOT_TELL;
        } catch (FailException | IOException | RuntimeException wrong) {
            return Verdict.FAIL;
        }
    }

    /** jDKIM turns text into octets by the default character set, so the way back is the same. */
    private static String text(RawField field) {
        return new String(field.getRaw().toByteArray(), Charset.defaultCharset());
    }

    private static String value(RawField field) {
        String text = text(field);
        return text.substring(text.indexOf(':') + 1);
    }

    private final class Verifier extends DKIMVerifier {

        Verifier() {
            super((method, selector, domain) -> {
                DnsAnswer<String> answer = dns.texts(selector + "._domainkey." + domain);
                if (answer instanceof DnsAnswer.CannotTell) {
                    throw new TempFailException("no answer");
                }
                return answer instanceof DnsAnswer.Found<String> found ? found.records() : List.of();
            });
        }

        @Override
        protected PublicKeyRecord newPublicKeyRecord(String record) {
            PublicKeyRecord key = new PublicKeyRecordImpl(record);
            key.validate();
            if (!(key.getPublicKey() instanceof RSAPublicKey rsa)
                    || rsa.getModulus().bitLength() < KEY_BITS) {
                throw new IllegalStateException("key too short");
            }
            return key;
        }
    }

    /** A header section in which only one signature is looked at, so that each has a verdict of its own. */
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
