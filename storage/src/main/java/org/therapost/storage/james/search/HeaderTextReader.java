package org.therapost.storage.james.search;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.therapost.domain.mime.HeaderText;
import org.therapost.storage.james.content.HeaderFields;

/** The few fields of a header section by which messages are ordered; the others are passed over. */
final class HeaderTextReader {

    private static final Set<String> FIELDS =
            Set.of("date", "from", "to", "cc", "subject", "message-id", "references", "in-reply-to");
    private static final int LONGEST_NAME = 12;

    private HeaderTextReader() {}

    static HeaderText read(byte[] header) {
        Map<String, String> fields = fields(HeaderFields.text(header));
        return new HeaderText(
                HeaderFields.date(fields.getOrDefault("date", "")).map(OffsetDateTime::toInstant),
                new HeaderText.Correspondents(
                        fields.getOrDefault("from", ""), fields.getOrDefault("to", ""), fields.getOrDefault("cc", "")),
                decoded(fields.getOrDefault("subject", "")),
                new HeaderText.Identifiers(
                        fields.getOrDefault("message-id", ""),
                        fields.getOrDefault("references", ""),
                        fields.getOrDefault("in-reply-to", "")));
    }

    /** The first of each name, unfolded. */
    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new HashMap<>();
        int at = 0;
        while (at < header.length()) {
            int end = endOfField(header, at);
            int colon = header.indexOf(':', at);
            if (colon > at && colon < end && colon - at <= LONGEST_NAME + 2) {
                String name = header.substring(at, colon).strip().toLowerCase(Locale.ROOT);
                if (FIELDS.contains(name)) {
                    fields.putIfAbsent(name, unfolded(header.substring(colon + 1, end)));
                }
            }
            at = end;
        }
        return fields;
    }

    /** The beginning of the next line that continues nothing. */
    private static int endOfField(String header, int from) {
        int newline = header.indexOf('\n', from);
        while (newline >= 0 && newline + 1 < header.length() && isBlank(header.charAt(newline + 1))) {
            newline = header.indexOf('\n', newline + 1);
        }
        return newline < 0 ? header.length() : newline + 1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String unfolded(String value) {
        return value.replace("\r", "").replace("\n", "").strip();
    }

    private static String decoded(String subject) {
        return subject.contains("=?") ? DecoderUtil.decodeEncodedWords(subject, DecodeMonitor.SILENT) : subject;
    }
}
