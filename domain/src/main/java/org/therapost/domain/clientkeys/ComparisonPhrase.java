package org.therapost.domain.clientkeys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Five words for two fingerprints, that of a thread's key and that of the client's: whoever has the same two keys has the same
 * words. The words are from a list of 512, so they say 45 bits; working them out takes 2<sup>18</sup> rounds of
 * HMAC-SHA-256, so that a key with the words of another one costs some 2<sup>63</sup> rounds.
 *
 * @param words in their order, in lower case
 */
public record ComparisonPhrase(List<String> words) {

    /** Words of a phrase. */
    public static final int LENGTH = 5;

    private static final List<String> LIST = list();
    private static final int BITS_OF_A_WORD = 9;
    private static final int ROUNDS = 1 << 18;
    private static final byte[] PURPOSE = "therapost comparison phrase 1".getBytes(StandardCharsets.US_ASCII);

    public ComparisonPhrase {
        words = List.copyOf(words);
    }

    /**
     * The phrase of two keys.
     *
     * @param thread fingerprint of the thread's key, in lower-case hexadecimal
     * @param client fingerprint of the client's key, likewise
     */
    public static ComparisonPhrase of(String thread, String client) {
        byte[] bits = stretched(thread + " " + client);
        return new ComparisonPhrase(IntStream.range(0, LENGTH)
                .mapToObj(word -> LIST.get(number(bits, word * BITS_OF_A_WORD)))
                .toList());
    }

    /** Whether somebody says these words, in whatever case and with whatever stands between them. */
    public boolean isSaidBy(String text) {
        return words.equals(Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z]+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /** The words with spaces between them. */
    public String text() {
        return String.join(" ", words);
    }

    private static int number(byte[] bits, int from) {
        int number = 0;
        for (int bit = from; bit < from + BITS_OF_A_WORD; bit++) {
            number = (number << 1) | ((bits[bit / 8] >> (7 - bit % 8)) & 1);
        }
        return number;
    }

    private static byte[] stretched(String keys) {
        PBEKeySpec spec = new PBEKeySpec(keys.toCharArray(), PURPOSE, ROUNDS, (LENGTH * BITS_OF_A_WORD + 7) / 8 * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA-256", impossible);
        }
    }

    private static List<String> list() {
        try (InputStream words = ComparisonPhrase.class.getResourceAsStream("words.txt")) {
            if (words == null) {
                throw new IllegalStateException("words.txt is packaged beside this class");
            }
            return new String(words.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
