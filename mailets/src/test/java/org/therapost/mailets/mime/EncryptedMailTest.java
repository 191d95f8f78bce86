package org.therapost.mailets.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;

class EncryptedMailTest {

    private static final String CONTROL = "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n";
    private static final String MESSAGE = "-----BEGIN PGP MESSAGE-----\r\n\r\nwcBM\r\n-----END PGP MESSAGE-----";
    private static final String DATA = "--b\r\nContent-Type: application/octet-stream\r\n\r\n" + MESSAGE + "\r\n";

    @Test
    void a_mail_that_is_pgp_mime_has_its_openpgp_message() throws Exception {
        assertThat(message("multipart/encrypted", CONTROL + DATA)).contains(MESSAGE);
        assertThat(message("Multipart/Encrypted", CONTROL + DATA)).contains(MESSAGE);
    }

    @Test
    void a_transfer_encoding_is_taken_off() throws Exception {
        String encoded = DATA.replace("stream\r\n", "stream\r\nContent-Transfer-Encoding: quoted-printable\r\n")
                .replace("wcBM", "wcB=4D");
        assertThat(message("multipart/encrypted", CONTROL + encoded)).contains(MESSAGE);
    }

    @Test
    void whatever_has_other_parts_besides_is_not() throws Exception {
        String more = "--b\r\nContent-Type: text/plain\r\n\r\nBy the way, in clear.\r\n";
        assertThat(message("multipart/encrypted", CONTROL + DATA + more)).isEmpty();
        assertThat(message("multipart/encrypted", more + CONTROL + DATA)).isEmpty();
        assertThat(message("multipart/encrypted", DATA)).isEmpty();
        assertThat(message("multipart/mixed", CONTROL + DATA)).isEmpty();
        assertThat(message("text/plain", "multipart/encrypted is what it is not"))
                .isEmpty();
    }

    private static Optional<String> message(String type, String parts) throws RefusedException {
        MailContent content = MailContent.of(("From: alice@provider.example\r\nContent-Type: " + type
                        + "; protocol=\"application/pgp-encrypted\"; boundary=\"b\"\r\n\r\n" + parts + "--b--\r\n")
                .getBytes(UTF_8));
        return EncryptedMail.message(new MailReader().read(content), content).map(octets -> new String(octets, UTF_8));
    }
}
