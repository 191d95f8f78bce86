package org.therapost.mailets.calendar.text;

import java.nio.charset.StandardCharsets;

/** Writes content lines (RFC 5545 section 3.1): CRLF, folded at 75 octets, no character cut in two. */
public final class CalendarText {

    private static final int OCTETS = 75;

    private final StringBuilder text = new StringBuilder();

    public CalendarText begin(String component) {
        return line("BEGIN", component);
    }

    public CalendarText end(String component) {
        return line("END", component);
    }

    /**
     * A line whose value is written as it is.
     *
     * @param name with parameters, if there are any
     */
    public CalendarText line(String name, String value) {
        fold(printable(name + ":" + value));
        return this;
    }

    /** A line whose value is text: RFC 5545 section 3.3.11. */
    public CalendarText text(String name, String value) {
        return line(
                name,
                value.replace("\\", "\\\\")
                        .replace(";", "\\;")
                        .replace(",", "\\,")
                        .replaceAll("\r\n|\r|\n", "\\\\n"));
    }

    /** Lines that are content lines already. */
    public CalendarText lines(String contentLines) {
        contentLines.lines().forEach(one -> fold(printable(one)));
        return this;
    }

    /** A parameter value, quoted where it must be; it cannot hold a quote (RFC 5545 section 3.1). */
    public static String parameter(String value) {
        String safe = value.replace("\"", "'");
        return safe.matches("[^;:,]*") ? safe : '"' + safe + '"';
    }

    // A line break or another control in a value would begin a line of its own.
    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }

    private void fold(String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.appendCodePoint(character);
            octets += size;
            i += Character.charCount(character);
        }
        text.append("\r\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
