package org.therapost.mailets.mime;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.therapost.domain.sealing.MailContent;

/** Recognizes mail that its author's own program has encrypted: RFC 3156 section 4. */
public final class EncryptedMail {

    private static final String MULTIPART = "multipart/encrypted";

    private EncryptedMail() {}

    /**
     * The OpenPGP message of a {@code multipart/encrypted} mail, which has two parts and nothing else. Whether it is really
     * encrypted, and to whom, is not looked at here.
     *
     * @param content within the limits of {@link MailReader#read}, which has found this header section in it
     */
    public static Optional<byte[]> message(MailHeader header, MailContent content) {
        // Most mail is not, and is not parsed again to find that out.
        boolean claimed = header.fields("Content-Type").stream()
                .anyMatch(field -> field.getBody().toLowerCase(Locale.ROOT).contains(MULTIPART));
        return claimed ? message(content) : Optional.empty();
    }

    private static Optional<byte[]> message(MailContent content) {
        MimeTokenStream tokens = new MimeTokenStream(
                MimeConfig.custom().setMaxContentLen(-1).setMaxLineLen(-1).build());
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(content.stream());
        try {
            if (!skipTo(tokens, EntityState.T_START_MULTIPART)
                    || !tokens.getBodyDescriptor().getMimeType().equalsIgnoreCase(MULTIPART)
                    || !nextPart(tokens, "application/pgp-encrypted")
                    || !nextPart(tokens, "application/octet-stream")) {
                return Optional.empty();
            }
            byte[] message = tokens.getDecodedInputStream().readAllBytes();
            return skipTo(tokens, EntityState.T_BODY) ? Optional.empty() : Optional.of(message);
        } catch (MimeException | IOException broken) {
            return Optional.empty();
        }
    }

    private static boolean nextPart(MimeTokenStream tokens, String type) throws MimeException, IOException {
        return skipTo(tokens, EntityState.T_BODY)
                && tokens.getBodyDescriptor().getMimeType().equalsIgnoreCase(type);
    }

    /** The next token of this kind after the current one. */
    private static boolean skipTo(MimeTokenStream tokens, EntityState state) throws MimeException, IOException {
        EntityState now = tokens.getState();
        do {
            if (now == EntityState.T_END_OF_STREAM) {
                return false;
            }
            now = tokens.next();
        } while (now != state);
        return true;
    }
}
