package org.therapost.protocols.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.therapost.domain.folders.UnopenableMessageException;
import org.therapost.domain.folders.UnopenableMessageException.Fault;
import org.therapost.domain.mime.MimeHeader;
import org.therapost.domain.sealing.MailContent;

/**
 * Stands for a message that does not open, and says so. Without it a program would stop at that message, again and again, and get none of
 * those behind it. It names the message by its number in the record and tells nothing else.
 */
final class MessagePlaceholder {

    /** What tells the reader which message it is, if its header section opens. */
    private static final List<String> KEPT = List.of(
            "Date", "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References");

    private MessagePlaceholder() {}

    /**
     * The text that stands for a message.
     *
     * @param fault why it does not open
     * @param domain of the practice
     */
    static MailContent of(ServedMessage message, Fault fault, String domain) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(envelope(message, fault, domain));
        line(octets, "MIME-Version: 1.0");
        line(octets, "Content-Type: text/plain; charset=us-ascii");
        line(octets, "Content-Transfer-Encoding: 7bit");
        line(octets, "Auto-Submitted: auto-generated");
        line(octets, "");
        switch (fault) {
            case CHANGED -> changed(octets, message);
            case CLOSED -> closed(octets, message);
        }
        return MailContent.of(octets.toByteArray());
    }

    private static void closed(ByteArrayOutputStream octets, ServedMessage message) {
        line(octets, "This message cannot be opened.");
        line(octets, "");
        line(
                octets,
                "It is in the record as number " + message.row().getMessageId().serialize() + ", but what is stored");
        line(octets, "there does not open with your key: it was changed or damaged after it was");
        line(octets, "stored, or its key is gone. All other messages are as they were.");
        line(octets, "");
        line(octets, "What to do: please give that number to whoever runs the mail server of your");
        line(octets, "practice. If a backup still has the message, it can be brought back, and will");
        line(octets, "appear here in place of this text. The number tells nothing about its content.");
    }

    private static void changed(ByteArrayOutputStream octets, ServedMessage message) {
        line(octets, "This message is not shown, because it is not what the server accepted.");
        line(octets, "");
        line(octets, "Somebody, or a fault, has changed the store of messages: the content of this");
        line(octets, "message, its date, or the conversation that it belongs to is another one now;");
        line(octets, "or nobody ever sent it. Its words might be forged, so they are withheld.");
        line(octets, "");
        line(octets, "What to do: please do not rely on what you remember of this message, and give");
        line(octets, "the number " + message.row().getMessageId().serialize() + " to whoever runs");
        line(octets, "the mail server of your practice. They can find out what was changed, and can");
        line(octets, "bring the message back from a backup. The number tells nothing about its content.");
        line(octets, "Messages without such a text are as they were accepted.");
    }

    private static byte[] envelope(ServedMessage message, Fault fault, String domain) {
        try {
            MimeHeader header = MimeHeader.of(message.content().header());
            byte[] kept = header.only(KEPT);
            // Without the empty line at its end: fields follow.
            return java.util.Arrays.copyOf(kept, kept.length - emptyLine(kept));
        } catch (UnopenableMessageException closed) {
            return own(message, fault, domain);
        } catch (IOException unanswered) {
            return own(message, fault, domain);
        }
    }

    private static int emptyLine(byte[] section) {
        String text = new String(section, StandardCharsets.ISO_8859_1);
        return text.endsWith("\r\n\r\n") || text.equals("\r\n")
                ? 2
                : text.endsWith("\n\n") || text.equals("\n") ? 1 : 0;
    }

    private static byte[] own(ServedMessage message, Fault fault, String domain) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        line(
                octets,
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                message.row().getInternalDate().toInstant().atOffset(ZoneOffset.UTC)));
        line(octets, "From: Mail server <postmaster@" + domain + ">");
        line(
                octets,
                switch (fault) {
                    case CHANGED -> "Subject: This message is not what was accepted";
                    case CLOSED -> "Subject: This message cannot be opened";
                });
        line(octets, "Message-ID: <" + message.row().getMessageId().serialize() + ".unopened@" + domain + ">");
        return octets.toByteArray();
    }

    private static void line(ByteArrayOutputStream octets, String line) {
        octets.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
