package org.therapost.protocols.imap.ordering;

import java.text.Normalizer;
import java.util.Locale;

/**
 * {@code i;unicode-casemap} (RFC 5051): letters in title case, decomposed, compared by their code points. No language's own
 * order; the same for everybody.
 */
final class UnicodeCasemap {

    private UnicodeCasemap() {}

    /** What texts are compared by. */
    static String key(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toUpperCase(Locale.ROOT);
        }
        StringBuilder titled = new StringBuilder(text.length());
        text.codePoints().forEach(point -> titled.appendCodePoint(Character.toTitleCase(point)));
        return Normalizer.normalize(titled, Normalizer.Form.NFKD);
    }

    /** As octets of UTF-8 would be compared; UTF-16 has supplementary characters in another place. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean different = Character.isSurrogate(a) != Character.isSurrogate(b);
                return different ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
