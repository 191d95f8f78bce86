package org.therapost.mailets.authentication;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RecursionMode;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.FoundKey;
import org.therapost.domain.conversation.incoming.KeysInMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/**
 * Certificates in the field {@code Autocrypt} (Autocrypt Level 1 section 2.1, https://autocrypt.org/level1.html), or attached as
 * {@code application/pgp-keys} (RFC 3156 section 7), if the author's DKIM signature covers where they stand. A signature that
 * counts here covers all of the body ({@link DkimRecord#counts}).
 */
public final class SignedKeysInMail implements KeysInMail {

    private static final String FIELD = "Autocrypt";
    private static final String TYPE_OF_BODY = "Content-Type";
    private static final String ENCODING_OF_BODY = "Content-Transfer-Encoding";
    private static final String TYPE = "application/pgp-keys";

    // What every mail program calls such a part, in any case; looked for before anything is parsed.
    private static final byte[] SIGN = "/pgp-keys".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> ATTRIBUTES = Set.of("addr", "prefer-encrypt", "keydata");

    private static final int ATTACHED = 3;
    private static final int LARGEST = 64 * 1024;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxHeaderCount(1_000)
            .setMaxHeaderLen(256 * 1024)
            .setMaxLineLen(-1)
            .setMaxContentLen(-1)
            .setStrictParsing(false)
            .build();

    private final MailReader reader;

    public SignedKeysInMail(MailReader reader) {
        this.reader = reader;
    }

    /** Whether a mail may bring a certificate, so that it is worth looking at its signatures. */
    static boolean mayBeIn(MailHeader header, MailContent content) {
        return !header.fields(FIELD).isEmpty() || says(content.octets());
    }

    @Override
    public List<FoundKey> of(ArrivedMail mail, AuthenticSender sender) {
        if (!sender.fields().signsBody()) {
            return List.of();
        }
        List<RawField> fields = fields(mail.content(), FIELD);
        if (fields.isEmpty()) {
            return says(mail.content().octets()) ? attached(mail.content(), place(mail.content(), sender)) : List.of();
        }
        // Level 1 section 2.1: of several none counts. And a signature covers one of them only.
        return fields.size() == 1 && sender.fields().signs(FIELD)
                ? inField(fields.get(0), sender.address()).stream().toList()
                : List.of();
    }

    /** Whoever may change the type of the whole mail makes a part of what the author forwarded, or quoted, a file of the author's. */
    private FoundKey.Place place(MailContent content, AuthenticSender sender) {
        List<RawField> encodings = fields(content, ENCODING_OF_BODY);
        boolean signed = fields(content, TYPE_OF_BODY).size() == 1
                && sender.fields().signs(TYPE_OF_BODY)
                && (encodings.isEmpty()
                        || (encodings.size() == 1 && sender.fields().signs(ENCODING_OF_BODY)));
        return signed ? FoundKey.Place.ATTACHMENT : FoundKey.Place.LOOSE_ATTACHMENT;
    }

    private List<RawField> fields(MailContent content, String name) {
        try {
            return reader.header(content).fields(name);
        } catch (RefusedException unreadable) {
            return List.of();
        }
    }

    private static Optional<FoundKey> inField(RawField field, EmailAddress author) {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : field.getBody().split(";")) {
            int equals = attribute.indexOf('=');
            if (equals < 0 && !attribute.isBlank()) {
                return Optional.empty();
            }
            if (equals >= 0) {
                attributes.put(
                        attribute.substring(0, equals).strip(),
                        attribute.substring(equals + 1).strip());
            }
        }
        // Section 2.1: an attribute that is not known, and does not begin so, is critical.
        boolean understood =
                attributes.keySet().stream().allMatch(name -> ATTRIBUTES.contains(name) || name.startsWith("_"));
        boolean authors = Optional.ofNullable(attributes.get("addr"))
                .flatMap(address -> EmailAddress.parse(address).toOptional())
                .filter(author::sameMailbox)
                .isPresent();
        return understood && authors
                ? Optional.ofNullable(attributes.get("keydata")).flatMap(SignedKeysInMail::decoded)
                : Optional.empty();
    }

    private static Optional<FoundKey> decoded(String keydata) {
        try {
            byte[] packets = Base64.getDecoder().decode(keydata.replaceAll("\\s", ""));
            return Optional.of(new FoundKey(packets, FoundKey.Place.FIELD))
                    .filter(key -> packets.length > 0 && packets.length <= LARGEST);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Not within forwarded messages: what is in those is somebody else's. */
    private static List<FoundKey> attached(MailContent content, FoundKey.Place place) {
        List<FoundKey> found = new ArrayList<>();
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(content.stream());
        try {
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && found.size() < ATTACHED;
                    state = tokens.next()) {
                if (state == EntityState.T_BODY
                        && tokens.getBodyDescriptor()
                                .getMimeType()
                                .toLowerCase(Locale.ROOT)
                                .equals(TYPE)) {
                    byte[] octets = tokens.getDecodedInputStream().readNBytes(LARGEST + 1);
                    if (octets.length > 0 && octets.length <= LARGEST) {
                        found.add(new FoundKey(octets, place));
                    }
                }
            }
        } catch (MimeException | IOException broken) {
            // What was found before it broke is what there is.
        }
        return found;
    }

    private static boolean says(byte[] octets) {
        for (int at = 0; at + SIGN.length <= octets.length; at++) {
            if (octets[at] == SIGN[0] && says(octets, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(byte[] octets, int at) {
        for (int i = 1; i < SIGN.length; i++) {
            if (Character.toLowerCase(octets[at + i]) != SIGN[i]) {
                return false;
            }
        }
        return true;
    }
}
