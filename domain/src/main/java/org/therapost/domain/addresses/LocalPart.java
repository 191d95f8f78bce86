package org.therapost.domain.addresses;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands before the {@code @}: a dot-string (RFC 5321 section 4.1.2) that may have characters beyond ASCII (RFC 6531
 * section 3.3). Two are one mailbox if they are equal in NFC (RFC 6532 section 3.1) but for the case of {@code A} to
 * {@code Z}: only the provider knows more.
 */
public final class LocalPart {

    /** RFC 5321 section 4.5.3.1.1, in octets of UTF-8. */
    static final int LONGEST = 64;

    private static final Pattern ASCII = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]");

    private LocalPart() {}

    /**
     * Checks a local part.
     *
     * @return it, as given
     * @throws IllegalArgumentException if it is none that we could deliver to; the text says why and does not quote it
     */
    public static String check(String text) {
        problem(text).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return text;
    }

    /** Why it is none that we could deliver to; empty if it is one. */
    static Optional<String> problem(String text) {
        if (text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            return Optional.of(
                    "the part before '@' is empty, or has a dot at its begin, at its end or beside" + " another dot");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("the part before '@' is longer than " + LONGEST + " octets");
        }
        return text.codePoints()
                .filter(letter -> letter != '.')
                .mapToObj(LocalPart::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The form in which two spellings are equal. */
    public static String canonical(String localPart) {
        String composed = Ascii.isAscii(localPart) ? localPart : Normalizer.normalize(localPart, Normalizer.Form.NFC);
        return Ascii.lowerCase(composed);
    }

    private static Optional<String> problem(int letter) {
        if (letter < 0x80) {
            return ASCII.matcher(Character.toString(letter)).matches()
                    ? Optional.empty()
                    : Optional.of("the part before '@' has a space, a quotation mark or another character"
                            + " that would need quotation marks");
        }
        return isVisible(letter) && isComposed(letter)
                ? Optional.empty()
                : Optional.of("the part before '@' has a character that cannot be seen, or that only looks"
                        + " like another");
    }

    /** Characters that leave no mark, and half characters: nobody could tell such an address from another. */
    private static boolean isVisible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> !isIgnorable(letter);
        };
    }

    /** Default_Ignorable_Code_Point beyond the general categories above: fillers, joiners, selectors of variants. */
    private static boolean isIgnorable(int letter) {
        // The replacement character stands for octets that were no UTF-8: what they were is lost.
        return letter == 0xFFFD
                || letter == 0x034F
                || letter == 0x115F
                || letter == 0x1160
                || letter == 0x17B4
                || letter == 0x17B5
                || (letter >= 0x180B && letter <= 0x180F)
                || letter == 0x3164
                || (letter >= 0xFE00 && letter <= 0xFE0F)
                || letter == 0xFFA0
                || (letter >= 0xE0000 && letter <= 0xE0FFF);
    }

    /**
     * Whether NFC leaves the character as it is. It makes {@code K} of the Kelvin sign: normalizing that would hand one
     * mailbox's mail to another.
     */
    private static boolean isComposed(int letter) {
        return Normalizer.isNormalized(Character.toString(letter), Normalizer.Form.NFC);
    }
}
