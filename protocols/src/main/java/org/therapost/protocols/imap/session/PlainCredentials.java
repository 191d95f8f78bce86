package org.therapost.protocols.imap.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/**
 * What a mail program offers.
 *
 * @param login as it was given
 */
record PlainCredentials(String login, Password password) {

    /**
     * Reads a response of SASL PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL passwd} in Base64.
     *
     * @return empty if it is none, or asks to speak for somebody else
     */
    static Optional<PlainCredentials> ofPlain(String response) {
        try {
            String[] parts =
                    new String(Base64.getDecoder().decode(response.strip()), StandardCharsets.UTF_8).split("\0", -1);
            if (parts.length == 2) {
                // Some programs leave out the empty authzid and its NUL; James takes that, too.
                return Optional.of(new PlainCredentials(parts[0], Password.offered(parts[1])));
            }
            boolean self = parts.length == 3 && (parts[0].isEmpty() || parts[0].equals(parts[1]));
            return self ? Optional.of(new PlainCredentials(parts[1], Password.offered(parts[2]))) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
