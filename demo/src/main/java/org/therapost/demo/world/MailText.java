package org.therapost.demo.world;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.UUID;
import javax.activation.DataHandler;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.util.ByteArrayDataSource;

/** What mail programs do with mail: compose it, and read out of it. */
public final class MailText {

    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private MailText() {}

    /** A file that comes with a mail. */
    public record Attachment(String name, byte[] octets) {}

    /** A text as a mail program sends it. */
    public static MimeMessage text(String from, String to, String subject, String text) throws MessagingException {
        MimeMessage mail = envelope(from, to, subject);
        mail.setText(lines(text), "UTF-8");
        mail.saveChanges();
        return mail;
    }

    /** A text with a file. */
    public static MimeMessage withAttachment(String from, String to, String subject, String text, Attachment file)
            throws MessagingException, IOException {
        MimeBodyPart words = new MimeBodyPart();
        words.setText(lines(text), "UTF-8");
        MimeBodyPart attached = new MimeBodyPart();
        attached.setDataHandler(new DataHandler(new ByteArrayDataSource(file.octets(), "application/octet-stream")));
        attached.setFileName(file.name());
        attached.setDisposition(Part.ATTACHMENT);
        MimeMessage mail = envelope(from, to, subject);
        mail.setContent(new MimeMultipart(words, attached));
        mail.saveChanges();
        return mail;
    }

    /** What a calendar program sends (RFC 6047 section 2.4): words for people, and the event. */
    public static MimeMessage invitation(String from, String to, String title, String calendar)
            throws MessagingException, IOException {
        MimeBodyPart words = new MimeBodyPart();
        words.setText(title, "UTF-8");
        MimeBodyPart event = new MimeBodyPart();
        event.setDataHandler(new DataHandler(
                new ByteArrayDataSource(lines(calendar), "text/calendar; charset=utf-8; method=REQUEST")));
        MimeMessage mail = envelope(from, to, title);
        mail.setContent(new MimeMultipart("alternative", words, event));
        mail.saveChanges();
        return mail;
    }

    /** The calendar in a mail, with its folded lines made whole (RFC 5545 section 3.1); empty if there is none. */
    public static String calendar(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/calendar")) {
            String folded = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return folded.replace("\r\n ", "").replace("\r\n", "\n");
        }
        if (part.getContent() instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = calendar(parts.getBodyPart(i));
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    /** An answer, in the same conversation. */
    public static MimeMessage answer(MimeMessage question, String from, String to, String text)
            throws MessagingException {
        MimeMessage mail = envelope(from, to, "Re: " + question.getSubject());
        mail.setHeader("In-Reply-To", question.getMessageID());
        mail.setHeader("References", question.getMessageID());
        mail.setText(lines(text), "UTF-8");
        mail.saveChanges();
        return mail;
    }

    private static MimeMessage envelope(String from, String to, String subject) throws MessagingException {
        String domain = from.substring(from.indexOf('@') + 1);
        MimeMessage mail = new MimeMessage(NO_SESSION) {
            @Override
            protected void updateMessageID() throws MessagingException {
                if (getMessageID() == null) {
                    setHeader("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">");
                }
            }
        };
        mail.setFrom(new InternetAddress(from));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject(subject, "UTF-8");
        return mail;
    }

    /** With CRLF at line ends, as mail has it. */
    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    /** All of it, as it travels. */
    public static byte[] octets(MimeMessage mail) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.writeTo(out);
        return out.toByteArray();
    }

    /** The mail that these octets are. */
    public static MimeMessage read(byte[] octets) throws MessagingException {
        return new MimeMessage(NO_SESSION, new ByteArrayInputStream(octets));
    }

    /** The text that a person reads, with plain line ends. */
    public static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof MimeMultipart parts) {
            return text(parts.getBodyPart(0));
        }
        return content.toString().replace("\r\n", "\n");
    }

    /** The file that came with it. */
    public static Attachment attachment(MimeMessage mail) throws MessagingException, IOException {
        Part part = ((MimeMultipart) mail.getContent()).getBodyPart(1);
        return new Attachment(
                String.valueOf(part.getFileName()), part.getInputStream().readAllBytes());
    }
}
