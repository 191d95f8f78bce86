package org.therapost.mailets.letters;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Words that tell a bystander what a letter is about. */
final class DenyList {

    private final List<Pattern> words = new ArrayList<>();

    DenyList() throws IOException {
        try (InputStream in = Objects.requireNonNull(DenyList.class.getResourceAsStream("deny-list.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(this::add);
        }
        // A name of two letters says nothing, and occurs in ordinary words.
        String host = InetAddress.getLocalHost().getHostName();
        if (host.length() > 4) {
            add("=" + host);
        }
    }

    private void add(String word) {
        boolean whole = word.startsWith("=");
        String quoted = Pattern.quote(whole ? word.substring(1) : word);
        words.add(Pattern.compile(
                whole ? "\\b" + quoted + "\\b" : quoted,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS));
    }

    /** Those of the words that a text contains. */
    List<String> in(String text) {
        return words.stream()
                .filter(word -> word.matcher(text).find())
                .map(Pattern::pattern)
                .toList();
    }
}
