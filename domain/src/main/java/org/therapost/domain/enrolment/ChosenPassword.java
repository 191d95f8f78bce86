package org.therapost.domain.enrolment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.keys.Password;

/**
 * Whether a password is good enough to be set. A thief of the database guesses at it with all the time in the world, and what it
 * opens is all that clients ever wrote. Length decides (NIST SP 800-63B section 5.1.1.2, which also asks for a list of what is common); what
 * everybody tries first does not count as length: the commonest words, the therapist's own name and address, years, repetitions,
 * and rows of the alphabet, of digits and of the keyboard.
 */
final class ChosenPassword {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 1024;
    private static final int REST = 8;
    private static final int ROW = 3;

    private static final List<String> ROWS =
            List.of("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl");

    // The commonest of published lists, as they are spelled here: in lower case, with letters for the digits that look
    // like them.
    private static final List<String> COMMON = List.of(
            "password",
            "passwort",
            "passwd",
            "motdepasse",
            "contrasena",
            "wachtwoord",
            "kennwort",
            "changeme",
            "letmein",
            "welcome",
            "willkommen",
            "bienvenue",
            "bienvenido",
            "welkom",
            "iloveyou",
            "ichliebedich",
            "sunshine",
            "princess",
            "football",
            "fussball",
            "baseball",
            "superman",
            "batman",
            "dragon",
            "monkey",
            "master",
            "shadow",
            "michael",
            "jordan",
            "charlie",
            "trustno",
            "admin",
            "administrator",
            "root",
            "login",
            "secret",
            "geheim",
            "default",
            "test",
            "hello",
            "hallo",
            "bonjour",
            "whatever",
            "starwars",
            "pokemon",
            "computer",
            "internet",
            "summer",
            "sommer",
            "winter",
            "spring",
            "autumn",
            "herbst",
            "fruehling",
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "therapy",
            "therapie",
            "therapist",
            "therapost",
            "praxis",
            "practice",
            "office",
            "doctor",
            "psychology",
            "mail",
            "email",
            "client",
            "session");

    private ChosenPassword() {}

    /**
     * Looks at a new password.
     *
     * @throws EnrolmentException if it is too short, too long or too easy to guess; the text says what to do
     */
    static void check(Password password, EmailAddress login, String name) throws EnrolmentException {
        char[] characters = password.expose();
        try {
            if (characters.length < SHORTEST || characters.length > LONGEST) {
                throw new EnrolmentException("a password has " + SHORTEST + " to " + LONGEST
                        + " characters; four or five words that do not belong together are easy to remember");
            }
            if (rest(characters, login, name) < REST) {
                throw new EnrolmentException("this password would be guessed soon: it is made of words that everybody"
                        + " tries, of your name or address, of digits, rows or repetitions; take four or five words"
                        + " that do not belong together");
            }
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** How many characters are left without what everybody tries. */
    private static int rest(char[] characters, EmailAddress login, String name) {
        char[] plain = new char[characters.length];
        int length = 0;
        for (char c : characters) {
            char one = plain(c);
            if (Character.isLetterOrDigit(one)) {
                plain[length++] = one;
            }
        }
        boolean[] counts = new boolean[length];
        Arrays.fill(counts, true);
        for (String word : words(login, name)) {
            cross(plain, length, word, counts);
        }
        for (String row : ROWS) {
            crossRows(plain, length, row, counts);
            crossRows(plain, length, new StringBuilder(row).reverse().toString(), counts);
        }
        crossDigits(characters, counts);
        int rest = 0;
        for (int i = 0; i < length; i++) {
            if (counts[i] && !repeats(plain, i)) {
                rest++;
            }
        }
        Arrays.fill(plain, '\0');
        return rest;
    }

    /** A character that repeats the one before it, or ends three that came before in this order, adds nothing. */
    private static boolean repeats(char[] plain, int at) {
        if (at > 0 && plain[at] == plain[at - 1]) {
            return true;
        }
        for (int before = ROW - 1; before < at; before++) {
            if (plain[before] == plain[at]
                    && plain[before - 1] == plain[at - 1]
                    && plain[before - 2] == plain[at - 2]) {
                return true;
            }
        }
        return false;
    }

    private static char plain(char c) {
        return switch (c) {
            case '0' -> 'o';
            case '1', '!', '|' -> 'i';
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7' -> 't';
            default -> Character.toLowerCase(c);
        };
    }

    private static List<String> words(EmailAddress login, String name) {
        List<String> words = new ArrayList<>(COMMON);
        for (String own : (login.value() + " " + name).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (own.length() > 2) {
                words.add(own);
            }
        }
        return words;
    }

    private static void cross(char[] plain, int length, String word, boolean[] counts) {
        char[] sought = word.toCharArray();
        for (int i = 0; i < sought.length; i++) {
            sought[i] = plain(sought[i]);
        }
        for (int at = 0; at + sought.length <= length; at++) {
            if (Arrays.equals(plain, at, at + sought.length, sought, 0, sought.length)) {
                Arrays.fill(counts, at, at + sought.length, false);
            }
        }
    }

    private static void crossRows(char[] plain, int length, String row, boolean[] counts) {
        for (int from = 0; from + ROW <= row.length(); from++) {
            cross(plain, length, row.substring(from, from + ROW), counts);
        }
    }

    /** Several digits in a row are dates, telephone numbers and years. */
    private static void crossDigits(char[] characters, boolean[] counts) {
        int at = 0;
        boolean digitBefore = false;
        for (char c : characters) {
            boolean digit = c >= '0' && c <= '9';
            if (Character.isLetterOrDigit(plain(c))) {
                if (digit && digitBefore) {
                    counts[at] = false;
                    counts[at - 1] = false;
                }
                at++;
            }
            digitBefore = digit;
        }
    }
}
