package org.therapost.domain.sessions.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The agreed word or phrase that releases a mail at once if its subject begins with it. */
public final class UrgentWord {

    private static final int LONGEST = 60;

    /** {@code Re:}, {@code AW:}, {@code Fwd:}, {@code Re[2]:}, and the same in other languages and with other colons. */
    private static final Pattern ANSWER = Pattern.compile("^(?:\\p{L}{1,4}(?:\\[\\d+\\])? ?[:\uFF1A] ?)+");

    private UrgentWord() {}

    /**
     * Checks a word or phrase when it is agreed.
     *
     * @throws IllegalArgumentException if no subject could ever begin with it
     */
    public static void check(String word) {
        String plain = plain(word);
        if (plain.isEmpty() || plain.length() > LONGEST || plain.chars().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("urgent-word is a word or a few, at most " + LONGEST + " characters");
        }
        if (!begins(word, word)) {
            throw new IllegalArgumentException(
                    "urgent-word cannot begin like an answer (\"Re:\"): mail programs put that before subjects themselves");
        }
    }

    /** Whether a subject begins with it: blanks, capitals, the form of accents, and marks of answers make no difference. */
    public static boolean begins(String subject, String word) {
        String plain = ANSWER.matcher(plain(subject)).replaceFirst("");
        String wanted = plain(word);
        if (wanted.isEmpty() || !plain.startsWith(wanted)) {
            return false;
        }
        boolean ends = plain.length() == wanted.length()
                || !Character.isLetterOrDigit(plain.codePointAt(wanted.length()))
                || !Character.isLetterOrDigit(wanted.codePointBefore(wanted.length()));
        return ends;
    }

    // Unicode's default caseless matching of compatibility forms, as near as the JDK comes: full-width letters, the
    // long
    // forms of the German sharp s, and combining accents are one with what people think they have typed.
    private static String plain(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}\\p{Cf}]+", " ")
                .strip();
    }
}
