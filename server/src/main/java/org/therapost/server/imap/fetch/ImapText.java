package org.therapost.server.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes values of IMAP (RFC 3501 section 9). Text has one character for each octet. */
final class ImapText {

    /** What a program need not take in a quoted string. */
    private static final int LONGEST_QUOTED = 1000;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean spaced = true;

    /** What was written. */
    byte[] octets() {
        return octets.toByteArray();
    }

    ImapText atom(String atom) {
        space();
        raw(atom);
        return this;
    }

    ImapText number(long number) {
        return atom(Long.toString(number));
    }

    ImapText nil() {
        return atom("NIL");
    }

    ImapText open() {
        space();
        raw("(");
        spaced = true;
        return this;
    }

    ImapText close() {
        raw(")");
        spaced = false;
        return this;
    }

    /** The next value follows without a space, as addresses and parts do. */
    ImapText joined() {
        spaced = true;
        return this;
    }

    /** {@code nstring} */
    ImapText string(Optional<String> text) {
        return text.isPresent() ? string(text.get()) : nil();
    }

    /**
     * {@code string}: quoted if it is short and of ASCII, else a literal, in which octets stand as they are. NUL may be in neither, and becomes a
     * question mark.
     */
    ImapText string(String text) {
        space();
        boolean quotable = text.length() <= LONGEST_QUOTED
                && text.chars().allMatch(octet -> octet > 0 && octet < 0x80 && octet != '\r' && octet != '\n');
        if (quotable) {
            raw("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        } else {
            raw("{" + text.length() + "}\r\n");
            raw(text.replace('\0', '?'));
        }
        return this;
    }

    private void space() {
        if (!spaced) {
            octets.write(' ');
        }
        spaced = false;
    }

    private void raw(String text) {
        octets.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
