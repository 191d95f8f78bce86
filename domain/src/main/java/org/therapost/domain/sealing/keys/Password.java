package org.therapost.domain.sealing.keys;

import java.util.Arrays;

/**
 * A password or a code, as a person offers it: any text, not worth hashing above 1,024 characters. Whoever makes one closes it, which
 * wipes it.
 */
public final class Password implements AutoCloseable {

    private static final int LONGEST = 1024;

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
