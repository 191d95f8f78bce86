package org.therapost.mailets.letters;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.mail.Header;
import javax.mail.Session;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.internet.MimePart;
import org.therapost.domain.sealing.MailContent;

/** A letter as a mail program takes it apart. */
final class ReadLetter {

    /** One leaf: its type as written, and its content decoded. */
    record Leaf(String type, String text) {}

    final MimeMessage message;
    final List<Leaf> leaves = new ArrayList<>();
    private final StringBuilder headers = new StringBuilder();

    private ReadLetter(byte[] octets) throws Exception {
        message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
        read(message);
    }

    static ReadLetter of(MailContent letter) throws Exception {
        return new ReadLetter(letter.octets());
    }

    static ReadLetter of(String entity) throws Exception {
        return new ReadLetter(entity.getBytes(StandardCharsets.UTF_8));
    }

    private void read(MimePart part) throws Exception {
        for (Header header : Collections.list(part.getAllHeaders())) {
            // The signature itself is random; its other tags are not.
            headers.append(header.getName())
                    .append(": ")
                    .append(
                            header.getName().equals("DKIM-Signature")
                                    ? header.getValue().replaceAll("\\bbh?=[^;]*", "")
                                    : header.getValue())
                    .append('\n');
        }
        if (part.getContentType().startsWith("multipart/")) {
            MimeMultipart parts = new MimeMultipart(part.getDataHandler().getDataSource());
            for (int i = 0; i < parts.getCount(); i++) {
                read((MimeBodyPart) parts.getBodyPart(i));
            }
            return;
        }
        leaves.add(new Leaf(
                part.getContentType(), new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    }

    String leaf(String type) {
        return leaves.stream()
                .filter(leaf -> leaf.type().startsWith(type))
                .map(Leaf::text)
                .findFirst()
                .orElseThrow();
    }

    String text() {
        return leaf("text/plain");
    }

    String html() {
        return leaf("text/html");
    }

    /** All that shows: header fields of every part, as sent and decoded, and every text; ciphertext is left out. */
    String everything() throws Exception {
        StringBuilder all =
                new StringBuilder(headers).append(message.getSubject()).append('\n');
        for (Leaf leaf : leaves) {
            if (!leaf.type().startsWith("application/octet-stream")) {
                all.append(leaf.text().replaceAll("\r\n[ \t]", "")).append('\n');
            }
        }
        return all.toString();
    }
}
