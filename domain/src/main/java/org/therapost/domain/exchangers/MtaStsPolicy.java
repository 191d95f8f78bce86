package org.therapost.domain.exchangers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a domain says about its exchangers under its own name over HTTPS (RFC 8461 section 3.2).
 *
 * @param patterns names of exchangers, in lower case; {@code *.} at the beginning stands for one label
 * @param maxAge for how long it is in force
 */
public record MtaStsPolicy(Mode mode, List<String> patterns, Duration maxAge) {

    /** Octets of the longest policy that is read (RFC 8461 section 3.3). */
    public static final int LONGEST = 64 * 1024;

    // RFC 8461 section 3.2: 31557600 seconds.
    private static final Duration LONGEST_AGE = Duration.ofHours(8766);
    private static final String ANY = "*.";

    /** What a sender has to do with it (RFC 8461 section 5). */
    public enum Mode {
        /** Mail goes to no exchanger that does not match. */
        ENFORCE,
        /** The domain tries it; it says nothing yet. */
        TESTING,
        /** There is none any more. */
        NONE
    }

    public MtaStsPolicy {
        patterns = List.copyOf(patterns);
    }

    /** Reads one; empty if it is none. Unknown keys are left out, and of a key that comes twice the first counts. */
    public static Optional<MtaStsPolicy> read(byte[] octets) {
        Map<String, String> fields = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (String line : new String(octets, StandardCharsets.UTF_8).split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String key = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                if (key.equals("mx")) {
                    patterns.add(MailExchangers.lower(value));
                } else {
                    fields.putIfAbsent(key, value);
                }
            }
        }
        Optional<Mode> mode = mode(fields.getOrDefault("mode", ""));
        Optional<Duration> maxAge = maxAge(fields.getOrDefault("max_age", ""));
        if (!fields.getOrDefault("version", "").equals("STSv1") || mode.isEmpty() || maxAge.isEmpty()) {
            return Optional.empty();
        }
        boolean complete = mode.get() == Mode.NONE || !patterns.isEmpty();
        return complete ? Optional.of(new MtaStsPolicy(mode.get(), patterns, maxAge.get())) : Optional.empty();
    }

    private static Optional<Mode> mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> maxAge(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        Duration age = Duration.ofSeconds(Long.parseLong(text));
        return Optional.of(age.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE : age);
    }

    /** Whether mail may go to a host (RFC 8461 section 4.1). */
    boolean matches(String host) {
        int dot = host.indexOf('.');
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith(ANY)
                        ? dot > 0 && host.substring(dot + 1).equals(pattern.substring(ANY.length()))
                        : pattern.equals(host));
    }

    /** The same as text that {@link #read} reads. */
    public String text() {
        StringBuilder text = new StringBuilder("version: STSv1\nmode: ")
                .append(mode.name().toLowerCase(Locale.ROOT))
                .append("\nmax_age: ")
                .append(maxAge.toSeconds())
                .append('\n');
        patterns.forEach(pattern -> text.append("mx: ").append(pattern).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return "MtaStsPolicy[" + mode + ", " + patterns.size() + "]";
    }
}
