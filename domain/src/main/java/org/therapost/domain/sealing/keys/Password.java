package org.therapost.domain.sealing.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password or a code, as a person offers it: any text, not worth hashing above 1,024 characters. Whoever makes one closes it, which
 * wipes it.
 */
public final class Password implements AutoCloseable {

    private static final int LONGEST = 1024;
    private static final int LONGEST_CHARACTER = 3;

    private final char[] characters;

    private Password(char[] characters) {
        this.characters = characters;
    }

    /** A password that somebody offers at login: any text. */
    public static Password offered(CharSequence text) {
        return new Password(text.toString().toCharArray());
    }

    /** The same; takes over the array. */
    public static Password offered(char[] characters) {
        return new Password(characters);
    }

    /** A copy of the characters, which the caller wipes. */
    public char[] expose() {
        return characters.clone();
    }

    /** A copy in UTF-8, which the caller wipes; what is no character is written as a question mark. */
    public byte[] utf8() {
        return utf8(CharBuffer.wrap(characters));
    }

    /** Characters in UTF-8, without a trace elsewhere: the caller wipes both. */
    public static byte[] utf8(CharBuffer text) {
        ByteBuffer encoded = ByteBuffer.allocate(text.length() * LONGEST_CHARACTER);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(text, encoded, true);
        byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return octets;
    }

    /** Whether it is longer than any password can be, and so not worth hashing. */
    public boolean tooLong() {
        return characters.length > LONGEST;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password that && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(characters);
    }

    @Override
    public String toString() {
        return "Password";
    }
}
