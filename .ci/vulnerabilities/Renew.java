import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes the dated file of vulnerabilities anew: from a folder of advisories in the Open Source Vulnerability format it takes those
 * that speak of libraries in the bill of materials, in any version, and of these what the check needs. Started by
 * {@code .ci/vulnerabilities/renew}.
 */
public final class Renew {

    private static final Path HERE = Path.of(".ci/vulnerabilities");

    private Renew() {}

    /**
     * @param args the bill of materials, the folder of advisories, the date of that folder, and whose it is
     */
    public static void main(String[] args) throws IOException {
        ObjectMapper json = new ObjectMapper();
        TreeSet<String> libraries = new TreeSet<>();
        for (JsonNode component : json.readTree(Path.of(args[0]).toFile()).path("components")) {
            if (!component.path("group").asText().equals("org.therapost")) {
                libraries.add(component.path("group").asText() + ":"
                        + component.path("name").asText());
            }
        }
        LocalDate date = LocalDate.parse(args[2]);
        Map<String, ObjectNode> advisories = new TreeMap<>();
        int read = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(args[1]))) {
            files = all.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            // Most are about something else: parsing them is what takes time.
            if (text.contains("\"Maven\"")) {
                JsonNode osv = json.readTree(text);
                if (!osv.has("withdrawn")) {
                    read++;
                    ObjectNode kept = kept(json, osv, libraries);
                    if (!kept.path("affected").isEmpty()) {
                        advisories.put(osv.path("id").asText(), kept);
                    }
                }
            }
        }
        if (read < 1000) {
            // The databases know more than 5,000 for Maven: with a part of them the check would pass and prove nothing.
            throw new IOException("only " + read + " advisories for Maven in " + args[1] + ": is that all of it?");
        }
        write(json, date, args[3], libraries, advisories);
        System.out.println(advisories.size() + " of " + read + " advisories for Maven are about " + libraries.size()
                + " libraries");
    }

    private static ObjectNode kept(ObjectMapper json, JsonNode osv, TreeSet<String> libraries) {
        ObjectNode kept = json.createObjectNode();
        kept.set("id", osv.path("id"));
        kept.set("modified", osv.path("modified"));
        kept.set("aliases", osv.path("aliases"));
        ArrayNode affected = kept.putArray("affected");
        for (JsonNode one : osv.path("affected")) {
            JsonNode about = one.path("package");
            if (about.path("ecosystem").asText().equals("Maven")
                    && libraries.contains(about.path("name").asText())) {
                ObjectNode copy = affected.addObject();
                ObjectNode named = copy.putObject("package");
                named.set("ecosystem", about.path("ecosystem"));
                named.set("name", about.path("name"));
                if (!one.path("ranges").isEmpty()) {
                    copy.set("ranges", one.path("ranges"));
                }
                // Beside ranges these are the same versions, one by one.
                if (!one.path("versions").isEmpty() && one.path("ranges").isEmpty()) {
                    copy.set("versions", one.path("versions"));
                }
            }
        }
        return kept;
    }

    private static void write(
            ObjectMapper json,
            LocalDate date,
            String source,
            TreeSet<String> libraries,
            Map<String, ObjectNode> advisories)
            throws IOException {
        // One line each, so that a renewal shows what is new.
        List<String> lines = new ArrayList<>();
        advisories.values().forEach(advisory -> lines.add("    " + advisory));
        String file = "{\n"
                + "  \"source\": " + json.writeValueAsString(source) + ",\n"
                + "  \"lookedUp\": [\n    "
                + String.join(
                        ",\n    ",
                        libraries.stream().map(name -> "\"" + name + "\"").toList())
                + "\n  ],\n"
                + "  \"advisories\": [\n" + String.join(",\n", lines) + "\n  ]\n}\n";
        try (Stream<Path> old = Files.list(HERE)) {
            for (Path dated : old.filter(one -> one.getFileName().toString().matches("\\d{4}-\\d{2}-\\d{2}\\.json"))
                    .toList()) {
                Files.delete(dated);
            }
        }
        Files.writeString(HERE.resolve(date + ".json"), file, StandardCharsets.UTF_8);
    }
}
