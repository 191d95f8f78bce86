package org.therapost.server.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What an advisory says about artifacts in Maven, read from the Open Source Vulnerability format (OSV 1.x).
 *
 * @param id of the database that it is from
 * @param aliases its names elsewhere, the CVE among them
 * @param affected the artifacts, each with the versions that have the hole
 */
record Advisory(String id, List<String> aliases, List<Affected> affected) {

    /**
     * Versions of one artifact.
     *
     * @param name {@code group:artifact}
     * @param ranges each a list of events; a version is affected if any range says so
     * @param versions affected ones by name
     */
    record Affected(String name, List<List<Event>> ranges, List<String> versions) {

        boolean has(String version) {
            return versions.contains(version) || ranges.stream().anyMatch(range -> within(range, version));
        }

        /** The algorithm of the format: what the last event at or before the version says. */
        private static boolean within(List<Event> range, String version) {
            ComparableVersion asked = new ComparableVersion(version);
            boolean within = false;
            for (Event event : range) {
                int order = asked.compareTo(event.at());
                within = switch (event.kind()) {
                    case INTRODUCED -> order >= 0 || within;
                    case FIXED -> order < 0 && within;
                    case LAST_AFFECTED -> order <= 0 && within;
                };
            }
            return within;
        }
    }

    /** What happens at a version. */
    record Event(Kind kind, ComparableVersion at) {}

    /**
     * The events that the format knows, but limits, which are for repositories of Git; at one version they happen in this
     * order.
     */
    enum Kind {
        FIXED("fixed"),
        INTRODUCED("introduced"),
        LAST_AFFECTED("last_affected");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    /** Reads one; what it says about other ecosystems than Maven is left out. */
    static Advisory of(JsonNode osv) {
        List<Affected> affected = new ArrayList<>();
        for (JsonNode one : osv.path("affected")) {
            if (one.path("package").path("ecosystem").asText().equals("Maven")) {
                affected.add(new Affected(
                        one.path("package").path("name").asText(),
                        ranges(one.path("ranges")),
                        texts(one.path("versions"))));
            }
        }
        return new Advisory(osv.path("id").asText(), texts(osv.path("aliases")), List.copyOf(affected));
    }

    private static List<List<Event>> ranges(JsonNode ranges) {
        List<List<Event>> all = new ArrayList<>();
        for (JsonNode range : ranges) {
            List<Event> events = new ArrayList<>();
            for (JsonNode event : range.path("events")) {
                for (Kind kind : Kind.values()) {
                    if (event.has(kind.key)) {
                        events.add(new Event(
                                kind, new ComparableVersion(event.path(kind.key).asText())));
                    }
                }
            }
            // The format promises no order.
            events.sort(Comparator.comparing(Event::at).thenComparing(Event::kind));
            all.add(List.copyOf(events));
        }
        return List.copyOf(all);
    }

    private static List<String> texts(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        return List.copyOf(all);
    }

    /** All names that it goes by. */
    Set<String> names() {
        TreeSet<String> names = new TreeSet<>(aliases);
        names.add(id);
        return names;
    }

    /** Whether the library is among what it is about, in an affected version. */
    boolean concerns(BillOfMaterials.Component component) {
        return affected.stream().anyMatch(one -> one.name().equals(component.name()) && one.has(component.version()));
    }
}
