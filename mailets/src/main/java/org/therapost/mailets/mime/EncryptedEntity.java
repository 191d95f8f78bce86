package org.therapost.mailets.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.mail.MessagingException;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMultipart;

/**
 * The {@code multipart/encrypted} entity around an OpenPGP message: RFC 3156 section 4.
 *
 * @param contentType the value of the {@code Content-Type} field
 * @param body what follows the header section
 */
record EncryptedEntity(String contentType, byte[] body) {

    static EncryptedEntity around(byte[] armoredMessage) {
        try {
            MimeMultipart multipart = new MimeMultipart("encrypted; protocol=\"application/pgp-encrypted\"");
            multipart.addBodyPart(
                    part("application/pgp-encrypted", "Version: 1\r\n".getBytes(StandardCharsets.US_ASCII)));
            MimeBodyPart message = part("application/octet-stream; name=\"encrypted.asc\"", armoredMessage);
            message.setHeader("Content-Disposition", "inline; filename=\"encrypted.asc\"");
            multipart.addBodyPart(message);
            ByteArrayOutputStream out = new ByteArrayOutputStream(armoredMessage.length + 1024);
            multipart.writeTo(out);
            return new EncryptedEntity(multipart.getContentType(), out.toByteArray());
        } catch (MessagingException | IOException impossible) {
            throw new IllegalStateException("two parts in memory can be written", impossible);
        }
    }

    private static MimeBodyPart part(String type, byte[] octets) throws MessagingException {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        return new MimeBodyPart(headers, octets);
    }
}
