package org.therapost.mailets.letters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMultipart;
import javax.mail.internet.MimeUtility;
import org.therapost.mailets.mime.OutgoingHeader;

/**
 * A letter as a MIME entity: the same in plain text and HTML, and for calendar programs as {@code text/calendar}. It is all
 * seven-bit, so that signatures survive every server on the way.
 *
 * @param contentType the value of the {@code Content-Type} field
 * @param body what follows the header section
 */
record LetterEntity(String contentType, byte[] body) {

    static LetterEntity of(String text, String html, Optional<CalendarPart> calendar) {
        try {
            MimeMultipart alternative = new MimeMultipart("alternative");
            alternative.addBodyPart(part("text/plain; charset=UTF-8", "quoted-printable", text));
            alternative.addBodyPart(part("text/html; charset=UTF-8", "quoted-printable", html));
            if (calendar.isEmpty()) {
                return of(alternative);
            }
            CalendarPart found = calendar.get();
            // RFC 6047 section 2.4: the method in the Content-Type is that of the calendar object.
            alternative.addBodyPart(
                    part("text/calendar; charset=UTF-8; method=" + found.method(), "base64", found.text()));
            return found.attached() ? withFile(of(alternative), found.text()) : of(alternative);
        } catch (MessagingException | IOException impossible) {
            throw new IllegalStateException("parts in memory can be written", impossible);
        }
    }

    private static LetterEntity withFile(LetterEntity alternative, String calendar)
            throws MessagingException, IOException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", alternative.contentType());
        mixed.addBodyPart(new MimeBodyPart(headers, alternative.body()));
        MimeBodyPart file = part("application/ics; name=\"invite.ics\"", "base64", calendar);
        file.setHeader("Content-Disposition", "attachment; filename=\"invite.ics\"");
        mixed.addBodyPart(file);
        return of(mixed);
    }

    private static LetterEntity of(MimeMultipart multipart) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        multipart.writeTo(out);
        return new LetterEntity(multipart.getContentType(), out.toByteArray());
    }

    private static MimeBodyPart part(String type, String encoding, String text) throws MessagingException, IOException {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        headers.setHeader("Content-Transfer-Encoding", encoding);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = MimeUtility.encode(encoded, encoding)) {
            out.write(text.replaceAll("\\r?\\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return new MimeBodyPart(headers, encoded.toByteArray());
    }

    OutgoingHeader content() {
        return new OutgoingHeader().add("Content-Type", contentType);
    }
}
