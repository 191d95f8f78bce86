package org.therapost.mailets.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailHeaders;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.Ascii;
import org.therapost.domain.sealing.MailContent;

/**
 * What a filter has done to a message: nothing, added header fields, or changed it. Fields that were added stand above the octets
 * that arrived, which stay as they are: signatures of the sender go on to verify, and nothing that a reader takes for the
 * sender's own word is a filter's.
 */
public final class FilteredMail {

    /** Octets of all fields that one filter may add. */
    static final int MOST_ADDED = 16 * 1024;

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x39\\x3B-\\x7E]{1,70}");

    // What JavaMail writes by itself when a filter has it save its changes; that is no filter's word.
    private static final Set<String> OF_JAVAMAIL =
            Set.of("mime-version", "content-type", "content-transfer-encoding", "message-id", "date");

    // What somebody takes for the sender's word, a server's, or ours.
    private static final Set<String> NOT_A_FILTERS = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "subject",
            "in-reply-to",
            "references",
            "return-path",
            "received",
            "received-spf",
            "dkim-signature",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results",
            "authentication-results",
            "auto-submitted",
            "precedence",
            "disposition-notification-to",
            "autocrypt",
            "autocrypt-gossip",
            "apparently-to",
            "errors-to");
    private static final List<String> NOT_A_FILTERS_BEGINNINGS =
            List.of("content-", "list-", "resent-", "x-therapost-");

    private FilteredMail() {}

    /** What a filter has done. */
    public sealed interface Change {

        /** Nothing. */
        record None() implements Change {}

        /** It has added fields: the message with them. */
        record Added(MailContent content) implements Change {}

        /** It has changed what arrived: the message as it is now. */
        record Rewritten(MailContent content) implements Change {}
    }

    /**
     * Finds out what a filter has done to a mail that was shown to it by {@link MessageInMemory}.
     *
     * @param shown the message object that it was given
     * @param content what that was
     * @param known fields for single recipients that were there before
     * @throws MessagingException if what it has made of the mail is no message
     */
    public static Change of(Mail mail, MimeMessage shown, MailContent content, Set<PerRecipientHeaders.Header> known)
            throws MessagingException {
        @Nullable MimeMessage now = mail.getMessage();
        if (now == null) {
            throw new MessagingException("a filter has taken the message away");
        }
        List<String> forRecipients = forRecipients(mail, known);
        boolean same = now == shown && now instanceof MimeMessageWrapper wrapper && !wrapper.isModified();
        if (same && forRecipients.isEmpty()) {
            return new Change.None();
        }
        MailContent written = same ? content : octets(now);
        List<String> added = new ArrayList<>(forRecipients);
        boolean rewritten = !same && !compare(content, written, added);
        if (rewritten || !added.stream().allMatch(FilteredMail::isAFilters)) {
            return new Change.Rewritten(above(forRecipients, written));
        }
        return added.isEmpty() ? new Change.None() : new Change.Added(above(added, content));
    }

    /** The message with fields above it; each is without its line end. */
    public static MailContent above(List<String> fields, MailContent content) throws MessagingException {
        if (fields.isEmpty()) {
            return content;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(content.size() + 1024);
        for (String field : fields) {
            octets.writeBytes((checked(field) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (octets.size() > MOST_ADDED) {
            throw new MessagingException("a filter has added more than fits");
        }
        octets.writeBytes(content.octets());
        return MailContent.of(octets.toByteArray());
    }

    /** A field that begins no other and ends no header section (RFC 5322 section 2.2). */
    private static String checked(String field) throws MessagingException {
        String unfolded = field.replaceAll("\r\n(?=[ \t]+[^ \t\r\n])", "");
        boolean field7bit = unfolded.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F));
        int colon = unfolded.indexOf(':');
        if (!field7bit
                || colon < 1
                || !NAME.matcher(unfolded.substring(0, colon)).matches()) {
            throw new MessagingException("a filter has added what is no header field");
        }
        return field;
    }

    private static boolean isAFilters(String field) {
        String name = name(field);
        return !NOT_A_FILTERS.contains(name)
                && NOT_A_FILTERS_BEGINNINGS.stream().noneMatch(name::startsWith);
    }

    /**
     * Compares two messages.
     *
     * @param added takes the fields that only the second has
     * @return whether the second is the first with such fields
     */
    private static boolean compare(MailContent before, MailContent after, List<String> added)
            throws MessagingException {
        List<String> fields = fields(after);
        for (String field : fields(before)) {
            if (!fields.remove(field) && !OF_JAVAMAIL.contains(name(field))) {
                return false;
            }
        }
        fields.removeIf(field -> OF_JAVAMAIL.contains(name(field)));
        added.addAll(fields);
        return Arrays.equals(
                before.octets(), before.headerSize(), before.size(), after.octets(), after.headerSize(), after.size());
    }

    private static List<String> fields(MailContent content) throws MessagingException {
        return new ArrayList<>(Collections.list(new MailHeaders(content.stream()).getAllHeaderLines()));
    }

    private static String name(String field) {
        int colon = field.indexOf(':');
        return Ascii.lowerCase(colon < 0 ? field : field.substring(0, colon)).strip();
    }

    /** Fields that James's mailets have for each recipient; they are everybody's, or the mail would have to be split. */
    private static List<String> forRecipients(Mail mail, Set<PerRecipientHeaders.Header> known)
            throws MessagingException {
        PerRecipientHeaders headers = mail.getPerRecipientSpecificHeaders();
        Set<PerRecipientHeaders.Header> all =
                Set.copyOf(headers.getHeadersByRecipient().values());
        boolean split = mail.getRecipients().stream()
                .anyMatch(recipient ->
                        !Set.copyOf(headers.getHeadersForRecipient(recipient)).equals(all));
        if (split) {
            throw new MessagingException("a filter wants other fields for some recipients than for others");
        }
        return all.stream()
                .filter(header -> !known.contains(header))
                .map(header -> header.getName() + ": " + header.getValue())
                .sorted()
                .toList();
    }

    private static MailContent octets(MimeMessage message) throws MessagingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            // James writes the header of its wrapper as ASCII, and RFC 6532 has UTF-8 in it: the octets are written
            // here.
            for (String field : Collections.list(message.getAllHeaderLines())) {
                octets.writeBytes((field + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            octets.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            writeBody(message, octets);
        } catch (IOException broken) {
            throw new MessagingException("a filter has left a message that cannot be written");
        }
        return MailContent.of(octets.toByteArray());
    }

    private static void writeBody(MimeMessage message, ByteArrayOutputStream octets)
            throws MessagingException, IOException {
        if (message instanceof MimeMessageWrapper wrapper) {
            wrapper.writeTo(new ByteArrayOutputStream(), octets);
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        message.writeTo(whole);
        MailContent written = MailContent.of(whole.toByteArray());
        octets.write(written.octets(), written.headerSize(), written.size() - written.headerSize());
    }
}
