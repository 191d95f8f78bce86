package org.therapost.domain.access;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/**
 * Random secrets that people copy by hand: Crockford's Base32, 5 bits a character, in groups of four. Case, spaces and hyphens do
 * not count, and the letters o, i and l are read as the digits that they look like.
 */
final class ReadableCode {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int GROUP = 4;
    private static final int CHECK = 2;
    private static final int PRIME = 1021;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ReadableCode() {}

    /** So many random characters, without hyphens. */
    static char[] random(int length) {
        char[] code = new char[length];
        for (int i = 0; i < length; i++) {
            code[i] = ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        return code;
    }

    /** So many random characters and two that tell most errors of copying. */
    static char[] checked(int length) {
        char[] code = random(length + CHECK);
        check(code);
        return code;
    }

    /** Whether the last two characters are those of the others; otherwise the code was copied wrongly. */
    private static boolean isWhole(char[] code) {
        char[] again = code.clone();
        check(again);
        boolean same = Arrays.equals(again, code);
        Arrays.fill(again, '\0');
        return same;
    }

    // Weighted by place, modulo a prime: one wrong character, and two that changed places, give another sum.
    private static void check(char[] code) {
        int sum = 0;
        for (int i = 0; i < code.length - CHECK; i++) {
            sum = (sum + (i + 1) * ALPHABET.indexOf(code[i])) % PRIME;
        }
        code[code.length - 2] = ALPHABET.charAt(sum / ALPHABET.length());
        code[code.length - 1] = ALPHABET.charAt(sum % ALPHABET.length());
    }

    /**
     * What was typed of so many random characters and the two that check them; empty if it is no such code, or was copied
     * wrongly.
     */
    static Optional<char[]> readChecked(Password typed, int random) {
        char[] characters = typed.expose();
        try {
            Optional<char[]> code = read(characters, random + CHECK);
            if (code.isPresent() && !isWhole(code.get())) {
                Arrays.fill(code.get(), '\0');
                return Optional.empty();
            }
            return code;
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** What was typed, in the one form that is compared; empty if that has another length or another character. */
    static Optional<char[]> read(char[] typed, int length) {
        char[] code = new char[length];
        int filled = 0;
        for (char one : typed) {
            char c = meant(one);
            if (c == '-' || c == ' ') {
                continue;
            }
            if (filled == length || ALPHABET.indexOf(c) < 0) {
                Arrays.fill(code, '\0');
                return Optional.empty();
            }
            code[filled++] = c;
        }
        if (filled < length) {
            Arrays.fill(code, '\0');
            return Optional.empty();
        }
        return Optional.of(code);
    }

    private static char meant(char typed) {
        char c = typed >= 'A' && typed <= 'Z' ? (char) (typed + ('a' - 'A')) : typed;
        return switch (c) {
            case 'o' -> '0';
            case 'i', 'l' -> '1';
            default -> c;
        };
    }

    /** As people copy it. */
    static char[] grouped(char[] code) {
        char[] text = new char[code.length + (code.length - 1) / GROUP];
        int at = 0;
        for (int i = 0; i < code.length; i++) {
            if (i > 0 && i % GROUP == 0) {
                text[at++] = '-';
            }
            text[at++] = code[i];
        }
        return text;
    }
}
