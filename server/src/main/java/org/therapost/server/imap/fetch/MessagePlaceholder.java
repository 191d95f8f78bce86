package org.therapost.server.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.therapost.domain.sealing.MailContent;
import org.therapost.storage.james.content.ServedMessage;
import org.therapost.storage.james.content.UnopenableMessageException;
import org.therapost.storage.james.mime.MimeHeader;

/**
 * Stands for a message that does not open, and says so. Without it a program would stop at that message, again and again, and get none of
 * those behind it. It names the message by its number in the record and tells nothing else.
 */
final class MessagePlaceholder {

    /** What tells the reader which message it is, if its header section opens. */
    private static final List<String> KEPT = List.of(
            "Date", "From", "Sender", "Reply-To", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References");

    private MessagePlaceholder() {}

    /** @param domain of the practice */
    static MailContent of(ServedMessage message, String domain) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(envelope(message, domain));
        line(octets, "MIME-Version: 1.0");
        line(octets, "Content-Type: text/plain; charset=us-ascii");
        line(octets, "Content-Transfer-Encoding: 7bit");
        line(octets, "Auto-Submitted: auto-generated");
        line(octets, "");
        line(octets, "This message cannot be opened.");
        line(octets, "");
        line(octets, "It is in the record as number " + message.id().serialize() + ", but what is stored");
        line(octets, "there does not open with your key: it was changed or damaged after it was");
        line(octets, "stored, or its key is gone. All other messages are as they were.");
        line(octets, "");
        line(octets, "What to do: please give that number to whoever runs the mail server of your");
        line(octets, "practice. If a backup still has the message, it can be brought back, and will");
        line(octets, "appear here in place of this text. The number tells nothing about its content.");
        return MailContent.of(octets.toByteArray());
    }

    private static byte[] envelope(ServedMessage message, String domain) {
        try {
            MimeHeader header = MimeHeader.of(message.header());
            byte[] kept = header.subset(KEPT, false);
            // Without the empty line at its end: fields follow.
            return java.util.Arrays.copyOf(kept, kept.length - emptyLine(kept));
        } catch (UnopenableMessageException closed) {
            return own(message, domain);
        } catch (IOException unanswered) {
            return own(message, domain);
        }
    }

    private static int emptyLine(byte[] section) {
        String text = new String(section, StandardCharsets.ISO_8859_1);
        return text.endsWith("\r\n\r\n") || text.equals("\r\n")
                ? 2
                : text.endsWith("\n\n") || text.equals("\n") ? 1 : 0;
    }

    private static byte[] own(ServedMessage message, String domain) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        line(
                octets,
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                message.internalDate().toInstant().atOffset(ZoneOffset.UTC)));
        line(octets, "From: Mail server <postmaster@" + domain + ">");
        line(octets, "Subject: This message cannot be opened");
        line(octets, "Message-ID: <" + message.id().serialize() + ".unopened@" + domain + ">");
        return octets.toByteArray();
    }

    private static void line(ByteArrayOutputStream octets, String line) {
        octets.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
