package org.therapost.storage.james.search;

import java.io.IOException;
import java.io.Reader;
import java.text.Normalizer;

/**
 * Words that are looked for in texts, in the manner of {@code i;unicode-casemap} (RFC 5051): letters are compared without
 * regard to case and to the way they are composed. Any white space equals any other, because mail programs break lines
 * where people do not.
 */
final class SearchWords {

    private static final int CHUNK = 8192;

    private final String sought;

    SearchWords(String sought) {
        StringBuilder folded = new StringBuilder();
        fold(sought, folded);
        this.sought = folded.toString();
    }

    boolean in(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        fold(text, folded);
        return folded.indexOf(sought) >= 0;
    }

    /** Reads no further than the words, and keeps no more than a chunk. */
    boolean in(Reader text) throws IOException {
        StringBuilder folded = new StringBuilder(CHUNK + sought.length());
        char[] chunk = new char[CHUNK];
        for (int read = text.read(chunk); read >= 0; read = text.read(chunk)) {
            fold(new String(chunk, 0, read), folded);
            if (folded.indexOf(sought) >= 0) {
                return true;
            }
            folded.delete(0, Math.max(0, folded.length() - sought.length()));
        }
        return sought.isEmpty();
    }

    private static void fold(String text, StringBuilder folded) {
        String decomposed = ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
        boolean space = folded.length() > 0 && folded.charAt(folded.length() - 1) == ' ';
        for (int i = 0; i < decomposed.length(); i++) {
            char letter = decomposed.charAt(i);
            if (Character.isWhitespace(letter)) {
                if (!space) {
                    folded.append(' ');
                }
                space = true;
            } else {
                folded.append(Character.toLowerCase(Character.toUpperCase(letter)));
                space = false;
            }
        }
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
