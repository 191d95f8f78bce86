package org.therapost.mailets.traits;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.therapost.mailets.mime.MailHeader;

/** Whether a mail asks for no automatic answer (RFC 3834 section 2). */
final class Automatic {

    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");
    private static final Pattern SYSTEM = Pattern.compile(
            "mailer-daemon|postmaster|(do-?|do_)?no-?_?t?-?_?reply|noreply.*|no-reply.*"
                    + "|donotreply|do-not-reply|bounces?([+=-].*)?|owner-.*|.*-(request|owner|bounces)|listserv|majordomo");

    private Automatic() {}

    static boolean is(MailHeader header) {
        return header.fields().stream().anyMatch(field -> says(field.getName(), field.getBody()))
                || header.speakers().readable().stream()
                        .anyMatch(address -> SYSTEM.matcher(address.localPart().toLowerCase(Locale.ROOT))
                                .matches());
    }

    private static boolean says(String fieldName, String body) {
        String name = fieldName.toLowerCase(Locale.ROOT);
        String value = (body == null ? "" : body).strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "auto-submitted" -> !value.equals("no") && !value.startsWith("no;") && !value.startsWith("no ");
            case "precedence" -> BULK.contains(value);
            case "return-path" -> value.equals("<>");
            case "x-auto-response-suppress" ->
                value.contains("all") || value.contains("autoreply") || value.contains("oof");
            case "x-autoreply", "x-autorespond", "x-auto-reply", "feedback-id" -> true;
            default -> name.startsWith("list-");
        };
    }
}
