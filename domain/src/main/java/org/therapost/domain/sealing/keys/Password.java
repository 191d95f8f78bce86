package org.therapost.domain.sealing.keys;

import java.util.Arrays;

/** A login password, 8 to 1,024 characters when it is set. */
public final class Password {

    private static final int SHORTEST = 8;
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

    /**
     * A password that is to be set.
     *
     * @throws IllegalArgumentException if it is too short or too long
     */
    public static Password chosen(CharSequence text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        return new Password(text.toString().toCharArray());
    }

    /** A copy of the characters. */
    public char[] expose() {
        return characters.clone();
    }

    /** Whether it is longer than any password can be, and so not worth hashing. */
    public boolean tooLong() {
        return characters.length > LONGEST;
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
