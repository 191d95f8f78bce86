package org.therapost.mailets.reports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import javax.mail.Part;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.therapost.domain.carriage.DeliveryReport;
import org.therapost.domain.carriage.DeliveryReport.Outcome;
import org.therapost.domain.sealing.MailContent;

/**
 * Reads reports about deliveries with Jakarta Mail: the form of RFC 3464, and what servers send that do not know it, such as
 * Exim's, qmail's and some of Exchange's. Of their words nothing is passed on but the status.
 */
public final class DeliveryReportReader {

    // A report may quote all of a large mail; what it says itself stands before.
    private static final int OCTETS = 256 * 1024;
    private static final int PARTS = 10;
    private static final int RECIPIENTS = 50;
    private static final int WORDS = 16 * 1024;
    private static final String UNKNOWN = ".0.0";

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245])\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");
    private static final Pattern SERVER = Pattern.compile(
            "(?i)(?:^|<|\\s)(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]*|mail-daemon|mdaemon)@");
    private static final Pattern STILL_TRYING = Pattern.compile(
            "(?i)delivery (?:status notification \\(delay\\)|.{0,20}delayed)|has been delayed|warning: message|still"
                    + " trying|will be retried|will (?:keep|continue) (?:to )?try|not (?:yet )?been"
                    + " delivered.{0,40}yet|you do not need to resend");

    /** Empty if it is no such report: then it is a mail like others, an automatic answer perhaps. */
    public Optional<DeliveryReport> read(MailContent content) {
        try {
            MimeMessage mail = new MimeMessage(
                    null, new ByteArrayInputStream(content.octets(), 0, Math.min(OCTETS, content.size())));
            List<Part> parts = parts(mail);
            for (Part part : parts) {
                if (is(part, "message/delivery-status", "message/global-delivery-status")) {
                    return Optional.of(ofStatus(recipients(part), original(mail, parts)));
                }
            }
            return isOfAServer(mail)
                    ? Optional.of(ofWords(words(mail, parts), original(mail, parts)))
                    : Optional.empty();
        } catch (MessagingException | IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Part> parts(MimeMessage mail) throws MessagingException, IOException {
        if (!is(mail, "multipart/")) {
            return List.of(mail);
        }
        List<Part> parts = new ArrayList<>();
        if (mail.getContent() instanceof MimeMultipart multipart) {
            for (int i = 0; i < Math.min(PARTS, multipart.getCount()); i++) {
                parts.add(multipart.getBodyPart(i));
            }
        }
        return parts;
    }

    private static boolean is(Part part, String... types) throws MessagingException {
        String type = part.getContentType().strip().toLowerCase(Locale.ROOT);
        for (String one : types) {
            if (type.startsWith(one)) {
                return true;
            }
        }
        return false;
    }

    /** Blocks of fields, one for the message and one for each recipient (RFC 3464 section 2.1). */
    private static List<InternetHeaders> recipients(Part part) throws MessagingException, IOException {
        List<InternetHeaders> blocks = new ArrayList<>();
        try (InputStream in = part.getInputStream()) {
            InputStream all = new ByteArrayInputStream(in.readNBytes(OCTETS));
            while (all.available() > 0 && blocks.size() < RECIPIENTS) {
                blocks.add(new InternetHeaders(all));
            }
        }
        return blocks;
    }

    private static DeliveryReport ofStatus(List<InternetHeaders> blocks, Optional<String> messageId) {
        Optional<DeliveryReport> best = Optional.empty();
        for (InternetHeaders block : blocks) {
            Optional<DeliveryReport> one = ofRecipient(block, messageId);
            // One recipient is all that our mail has; whoever names several may say the worst of them.
            if (one.isPresent()
                    && (best.isEmpty()
                            || one.get().outcome().compareTo(best.get().outcome()) < 0)) {
                best = one;
            }
        }
        return best.orElseGet(() -> new DeliveryReport(Outcome.FAILED, "5" + UNKNOWN, messageId));
    }

    private static Optional<DeliveryReport> ofRecipient(InternetHeaders block, Optional<String> messageId) {
        String action = field(block, "Action").orElse("").toLowerCase(Locale.ROOT);
        Optional<String> status = field(block, "Status").flatMap(DeliveryReportReader::status);
        if (action.isEmpty() && status.isEmpty()) {
            return Optional.empty();
        }
        Outcome outcome = outcome(action, status);
        return Optional.of(new DeliveryReport(outcome, status.orElse(digit(outcome) + UNKNOWN), messageId));
    }

    private static Outcome outcome(String action, Optional<String> status) {
        if (action.startsWith("failed")) {
            return Outcome.FAILED;
        }
        if (action.startsWith("delayed")) {
            return Outcome.DELAYED;
        }
        if (action.startsWith("delivered") || action.startsWith("relayed") || action.startsWith("expanded")) {
            return Outcome.ARRIVED;
        }
        return switch (status.map(code -> code.charAt(0)).orElse('5')) {
            case '2' -> Outcome.ARRIVED;
            case '4' -> Outcome.DELAYED;
            default -> Outcome.FAILED;
        };
    }

    private static String digit(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "5";
            case DELAYED -> "4";
            case ARRIVED -> "2";
        };
    }

    private static Optional<String> status(String text) {
        Matcher found = STATUS.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    private static Optional<String> field(InternetHeaders block, String name) {
        return Optional.ofNullable(block.getHeader(name, null)).map(String::strip);
    }

    /** Exim says whom it failed; others are known by who they are. */
    private static boolean isOfAServer(MimeMessage mail) throws MessagingException {
        if (mail.getHeader("X-Failed-Recipients") != null) {
            return true;
        }
        String from = mail.getHeader("From", " ");
        return from != null && SERVER.matcher(from).find() && !is(mail, "multipart/report");
    }

    private static DeliveryReport ofWords(String words, Optional<String> messageId) {
        Outcome outcome = STILL_TRYING.matcher(words).find() ? Outcome.DELAYED : Outcome.FAILED;
        String status =
                status(words).filter(found -> found.startsWith(digit(outcome))).orElse(digit(outcome) + UNKNOWN);
        return new DeliveryReport(outcome, status, messageId);
    }

    private static String words(MimeMessage mail, List<Part> parts) throws MessagingException, IOException {
        StringBuilder words = new StringBuilder();
        words.append(Optional.ofNullable(mail.getSubject()).orElse("")).append('\n');
        for (Part part : parts) {
            if (is(part, "text/plain", "text/html")) {
                try (InputStream in = part.getInputStream()) {
                    words.append(new String(in.readNBytes(WORDS), StandardCharsets.ISO_8859_1));
                }
                break;
            }
        }
        return words.toString();
    }

    /** The Message-ID of the mail that was returned, or of what the report says that it answers. */
    private static Optional<String> original(MimeMessage mail, List<Part> parts)
            throws MessagingException, IOException {
        for (Part part : parts) {
            if (is(part, "message/rfc822", "text/rfc822-headers", "message/global")
                    && !is(part, "message/global-delivery-status")) {
                try (InputStream in = part.getInputStream()) {
                    Optional<String> id =
                            field(new InternetHeaders(new ByteArrayInputStream(in.readNBytes(OCTETS))), "Message-ID");
                    if (id.isPresent()) {
                        return id;
                    }
                }
            }
        }
        for (String name : List.of("X-Original-Message-ID", "In-Reply-To")) {
            String id = mail.getHeader(name, " ");
            if (id != null) {
                return Optional.of(id.strip());
            }
        }
        return Optional.empty();
    }
}
