package org.therapost.protocols.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes values of IMAP (RFC 3501 section 9). Text has one character for each octet. */
final class ImapText {

    /** What a program need not take in a quoted string. */
    private static final int LONGEST_QUOTED = 1000;

    private final boolean utf8;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean spaced = true;

    /** @param utf8 whether the program takes UTF-8 in quoted strings (RFC 6855 section 3) */
    ImapText(boolean utf8) {
        this.utf8 = utf8;
    }

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

    /** A parenthesized list begins. */
    ImapText list() {
        space();
        raw("(");
        spaced = true;
        return this;
    }

    ImapText endList() {
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
     * {@code string}: quoted if it is short and of ASCII or UTF-8 that is taken, else a literal, in which octets stand as they are. NUL may be in neither, and becomes a
     * question mark.
     */
    ImapText string(String text) {
        space();
        boolean line = text.length() <= LONGEST_QUOTED
                && text.chars().allMatch(octet -> octet > 0 && octet != '\r' && octet != '\n');
        if (line && (text.chars().allMatch(octet -> octet < 0x80) || (utf8 && isUtf8(text)))) {
            raw("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        } else {
            raw("{" + text.length() + "}\r\n");
            raw(text.replace('\0', '?'));
        }
        return this;
    }

    private static boolean isUtf8(String octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException another) {
            return false;
        }
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
