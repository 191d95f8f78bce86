package org.therapost.domain.addresses;

/**
 * Case as DNS and SMTP know it: 26 letters. {@link String#toLowerCase()} knows more and makes {@code k} of the Kelvin sign.
 */
public final class Ascii {

    private Ascii() {}

    /** The text with {@code A} to {@code Z} in lower case and every other character as it is. */
    public static String lowerCase(String text) {
        int first = 0;
        while (first < text.length() && !isUpperCase(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] letters = text.toCharArray();
        for (int i = first; i < letters.length; i++) {
            if (isUpperCase(letters[i])) {
                letters[i] = (char) (letters[i] + 'a' - 'A');
            }
        }
        return new String(letters);
    }

    /** The text with {@code a} to {@code z} in upper case and every other character as it is. */
    public static String upperCase(String text) {
        StringBuilder letters = new StringBuilder(text);
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (letter >= 'a' && letter <= 'z') {
                letters.setCharAt(i, (char) (letter - 'a' + 'A'));
            }
        }
        return letters.toString();
    }

    /** Whether both are equal without regard to the case of {@code A} to {@code Z}. */
    public static boolean equalsIgnoreCase(String one, String other) {
        return lowerCase(one).equals(lowerCase(other));
    }

    /** Whether it has characters of ASCII only. */
    public static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    private static boolean isUpperCase(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }
}
