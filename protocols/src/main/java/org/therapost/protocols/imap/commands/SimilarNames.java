package org.therapost.protocols.imap.commands;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names of folders that a person could not tell apart. */
final class SimilarNames {

    private SimilarNames() {}

    /**
     * Whether a folder of this name, or one that would be made above it, would differ from one that there is in capitals or in the form of
     * its characters only.
     *
     * @param all names of the folders that there are
     * @param except does not count, nor what is below it: it is about to get the name
     */
    static boolean isLikeAnother(List<String> all, String name, char delimiter, Optional<String> except) {
        Set<String> made = new HashSet<>();
        for (int end = name.length(); end > 0; end = name.lastIndexOf(delimiter, end - 1)) {
            if (!all.contains(name.substring(0, end))) {
                made.add(folded(name.substring(0, end)));
            }
        }
        return all.stream()
                .filter(other ->
                        except.isEmpty() || !(other.equals(except.get()) || other.startsWith(except.get() + delimiter)))
                .anyMatch(other -> made.contains(folded(other)));
    }

    /** Alike whatever the capitals, full-width forms and ligatures. */
    static String folded(String name) {
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }
}
