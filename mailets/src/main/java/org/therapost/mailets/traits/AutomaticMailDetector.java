package org.therapost.mailets.traits;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.mailets.mime.MailHeader;

/** Who sent a mail, a person or a program by itself: the one place that decides it (RFC 3834 section 2). */
final class AutomaticMailDetector {

    private static final Set<String> BULK = Set.of("bulk", "list", "junk");
    private static final Pattern SYSTEM =
            Pattern.compile("mailer-daemon|postmaster|(no|donot|do[-_.]not)[-_.]?reply([-_.+=].*)?"
                    + "|bounces?([-+=].*)?|owner-.*|.*-(request|owner|bounces)|listserv|majordomo");
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

    private AutomaticMailDetector() {}

    static MailOrigin origin(MailHeader header, EnvelopeSender sender) {
        Optional<MailOrigin> report =
                header.fields("Content-Type").stream().findFirst().flatMap(AutomaticMailDetector::report);
        if (report.isPresent()) {
            return report.get();
        }
        Optional<String> submitted = submitted(header);
        if (submitted.filter("auto-replied"::equals).isPresent()) {
            return MailOrigin.AUTOMATIC_REPLY;
        }
        boolean program = submitted.filter(keyword -> !keyword.equals("no")).isPresent()
                || header.fields().stream().anyMatch(AutomaticMailDetector::isOfLists)
                || header.speakers().readable().stream()
                        .anyMatch(address -> SYSTEM.matcher(address.localPart().toLowerCase(Locale.ROOT))
                                .matches());
        if (program) {
            return MailOrigin.PROGRAM;
        }
        return sender == EnvelopeSender.NULL
                        || header.fields("Return-Path").stream()
                                .map(AutomaticMailDetector::body)
                                .anyMatch("<>"::equals)
                ? MailOrigin.AUTOMATIC_REPLY
                : MailOrigin.PERSON;
    }

    /** The keyword of {@code Auto-Submitted} (RFC 3834 section 5), without comments and parameters. */
    private static Optional<String> submitted(MailHeader header) {
        return header.fields("Auto-Submitted").stream()
                .map(AutomaticMailDetector::body)
                .map(value -> COMMENT.matcher(value).replaceAll(" ").strip().split("[;\\s]", 2)[0])
                .reduce((one, other) -> one.equals("no") ? other : one);
    }

    private static boolean isOfLists(RawField field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        return name.startsWith("list-") || (name.equals("precedence") && BULK.contains(body(field)));
    }

    private static Optional<MailOrigin> report(RawField field) {
        ContentTypeField type = ContentTypeFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT);
        if (!"multipart/report".equalsIgnoreCase(type.getMimeType())) {
            return Optional.empty();
        }
        String kind = type.getParameter("report-type");
        return Optional.of(
                switch (kind == null ? "" : kind.strip().toLowerCase(Locale.ROOT)) {
                    case "disposition-notification" -> MailOrigin.RECEIPT;
                    case "delivery-status" -> MailOrigin.DELIVERY_REPORT;
                    default -> MailOrigin.PROGRAM;
                });
    }

    private static String body(RawField field) {
        String body = field.getBody();
        return (body == null ? "" : body).strip().toLowerCase(Locale.ROOT);
    }
}
