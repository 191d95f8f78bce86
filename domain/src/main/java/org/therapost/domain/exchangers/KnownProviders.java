package org.therapost.domain.exchangers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.addresses.DomainName;

/**
 * The exchangers of large providers, from a table that the operator can edit. Such a provider names another part of its
 * hosts now and then, and all of them are its own: who is pinned to one is pinned to all.
 */
public final class KnownProviders {

    /** No provider is known: each name counts for itself. */
    public static final KnownProviders NONE = new KnownProviders(Map.of(), Map.of());

    private static final String BELOW = "*.";

    private final Map<String, String> byName;
    private final Map<String, String> bySuffix;

    private KnownProviders(Map<String, String> byName, Map<String, String> bySuffix) {
        this.byName = Map.copyOf(byName);
        this.bySuffix = Map.copyOf(bySuffix);
    }

    /**
     * Reads a table. A line has a provider's name, a colon, and its exchangers: host names, or {@code *.} and a name for all
     * hosts below it. A {@code #} begins a comment.
     *
     * @throws IllegalArgumentException if a line cannot be read; the text names the line and says what is wrong
     */
    public static KnownProviders read(List<String> lines) {
        Map<String, String> byName = new HashMap<>();
        Map<String, String> bySuffix = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                read(line, "line " + (i + 1) + ": ", byName, bySuffix);
            }
        }
        return new KnownProviders(byName, bySuffix);
    }

    private static void read(String line, String where, Map<String, String> byName, Map<String, String> bySuffix) {
        int colon = line.indexOf(':');
        String provider = line.substring(0, Math.max(0, colon)).strip();
        String hosts = line.substring(colon + 1).strip();
        if (provider.isEmpty() || hosts.isEmpty()) {
            throw new IllegalArgumentException(where + "expected a provider, a colon, and its exchangers");
        }
        for (String host : hosts.split("\\s+")) {
            boolean below = host.startsWith(BELOW);
            String name = name(below ? host.substring(BELOW.length()) : host, where);
            String before = (below ? bySuffix : byName).put(name, provider);
            if (before != null) {
                throw new IllegalArgumentException(where + host + " stands in the table twice");
            }
        }
    }

    private static String name(String host, String where) {
        String name = DomainName.parse(host)
                .orElseThrow(why -> new IllegalArgumentException(where + "'" + host + "' is not a host name"));
        if (!name.contains(".")) {
            // "*.com" would make one provider of half the world.
            throw new IllegalArgumentException(where + "'" + host + "' has one label only");
        }
        return MailExchangers.lower(name);
    }

    /** Whose host it is, if it is known. */
    Optional<String> of(String host) {
        String exact = byName.get(host);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            String provider = bySuffix.get(host.substring(dot + 1));
            if (provider != null) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
