package org.therapost.mailets.calendar.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;

/**
 * The content lines (RFC 5545 section 3.1) of a calendar object that matter to us, unfolded, in order. Everything else,
 * which is most of what calendars hold and where most of what is broken in them stands, goes no further: texts, alarms,
 * attachments, addresses to fetch things from.
 */
public final class ContentLines {

    /** Octets of a calendar object. */
    public static final int SIZE = 512 * 1024;

    /** Lines before unfolding. */
    static final int LINES = 20_000;

    /** Characters of a line that we read. */
    static final int LENGTH = 32 * 1024;

    private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,63})[ \\t]*([;:].*)");
    private static final Set<String> READ = Set.of(
            "BEGIN",
            "END",
            "METHOD",
            "UID",
            "DTSTART",
            "DTEND",
            "DTSTAMP",
            "DURATION",
            "RRULE",
            "EXRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
            "SEQUENCE",
            "LAST-MODIFIED",
            "STATUS",
            "ORGANIZER",
            "ATTENDEE",
            "TZID",
            "TZOFFSETFROM",
            "TZOFFSETTO");

    private ContentLines() {}

    /**
     * Reads the lines between {@code BEGIN:VCALENDAR} and the end.
     *
     * @param charset what the mail says; octets that are not of it are read as ISO 8859-1, as old programs mean them
     */
    static List<String> of(byte[] octets, Charset charset) throws UnusableCalendarException {
        if (octets.length > SIZE) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : decoded(unfolded(octets), charset).split("[\r\n]+")) {
            Matcher parts = LINE.matcher(line.stripTrailing());
            if (!parts.matches()) {
                continue;
            }
            String name = parts.group(1).toUpperCase(Locale.ROOT);
            String rest = parts.group(2);
            if (name.equals("BEGIN") || name.equals("END")) {
                rest = rest.replace(" ", "").toUpperCase(Locale.ROOT);
            }
            inside |= name.equals("BEGIN") && rest.equals(":VCALENDAR");
            if (inside && READ.contains(name)) {
                lines.add(bounded(name + rest));
            }
        }
        return lines;
    }

    private static String bounded(String line) throws UnusableCalendarException {
        if (line.length() > LENGTH) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        return line;
    }

    /** Octets, not characters, are unfolded: RFC 5545 section 3.1 warns that folding cuts characters in two. */
    private static byte[] unfolded(byte[] octets) throws UnusableCalendarException {
        byte[] unfolded = new byte[octets.length];
        int length = 0;
        int lines = 0;
        int i = 0;
        while (i < octets.length) {
            int lineEnd = lineEnd(octets, i);
            if (lineEnd > 0 && ++lines > LINES) {
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
            }
            int next = i + lineEnd;
            if (lineEnd > 0 && next < octets.length && (octets[next] == ' ' || octets[next] == '\t')) {
                i = next + 1;
            } else if (lineEnd > 0) {
                unfolded[length++] = '\n';
                i = next;
            } else {
                unfolded[length++] = octets[i++];
            }
        }
        return java.util.Arrays.copyOf(unfolded, length);
    }

    /** CRLF, and what else programs end lines with: LF, CR, CR CR LF. */
    private static int lineEnd(byte[] octets, int at) {
        int i = at;
        while (i < octets.length && octets[i] == '\r') {
            i++;
        }
        if (i < octets.length && octets[i] == '\n') {
            i++;
        }
        return i - at;
    }

    private static String decoded(byte[] octets, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notOfIt) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
