package org.therapost.mailets.calendar.zones;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Names of zones as calendar programs write them: IANA's, also behind a prefix of the program's own, and Windows's. */
final class ZoneNames {

    private static final Map<String, String> IANA = iana();
    private static final Map<String, String> WINDOWS = windows();

    private ZoneNames() {}

    /** The IANA zone that a name means. */
    static Optional<ZoneId> zone(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(IANA.get(key))
                .or(() -> Optional.ofNullable(WINDOWS.get(key)))
                .or(() -> behindPrefix(key))
                .map(ZoneId::of);
    }

    /** {@code /mozilla.org/20070129_1/Europe/London}: what stands behind the prefix of a program (RFC 5545 3.8.3.1). */
    private static Optional<String> behindPrefix(String key) {
        if (!key.startsWith("/")) {
            return Optional.empty();
        }
        int slash = key.indexOf('/', 1);
        while (slash > 0) {
            Optional<String> known = Optional.ofNullable(IANA.get(key.substring(slash + 1)));
            if (known.isPresent()) {
                return known;
            }
            slash = key.indexOf('/', slash + 1);
        }
        return Optional.empty();
    }

    private static Map<String, String> iana() {
        Map<String, String> names = new TreeMap<>();
        ZoneRulesProvider.getAvailableZoneIds().forEach(id -> names.put(id.toLowerCase(Locale.ROOT), id));
        return Map.copyOf(names);
    }

    private static Map<String, String> windows() {
        Properties table = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(ZoneNames.class.getResourceAsStream("windows-zones.properties")),
                StandardCharsets.UTF_8)) {
            table.load(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Map<String, String> names = new TreeMap<>();
        table.forEach((windows, iana) -> names.put(windows.toString().toLowerCase(Locale.ROOT), iana.toString()));
        return Map.copyOf(names);
    }
}
