package org.therapost.server.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bill of materials that the build puts into the server's jar (CycloneDX).
 *
 * @param components other people's works, in the order of the file
 */
record BillOfMaterials(List<Component> components) {

    /** Where the build puts it. */
    static final Path FILE = Path.of("server/target/classes/META-INF/sbom/therapost.cdx.json");

    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    /**
     * A library.
     *
     * @param name {@code group:artifact}
     * @param version as in Maven
     * @param jar the name of its file
     * @param licences what its authors declare: identifiers of SPDX where the file has them, else names
     */
    record Component(String name, String version, String jar, List<String> licences) {}

    /** Reads what this build has written. */
    static BillOfMaterials read() throws IOException {
        Path file = Repository.root().resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException(FILE
                    + " is missing: ./mvnw package -pl server -am -DskipTests makes it, but not with the option -o");
        }
        return of(new ObjectMapper().readTree(file.toFile()));
    }

    /**
     * Reads a bill of materials.
     *
     * @param bom an object of CycloneDX 1.4 or newer
     */
    static BillOfMaterials of(JsonNode bom) {
        List<Component> components = new ArrayList<>();
        for (JsonNode component : bom.path("components")) {
            String group = component.path("group").asText();
            if (!group.equals("org.therapost")) {
                String artifact = component.path("name").asText();
                String version = component.path("version").asText();
                Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
                components.add(new Component(
                        group + ":" + artifact,
                        version,
                        artifact + "-" + version + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar",
                        licences(component.path("licenses"))));
            }
        }
        return new BillOfMaterials(List.copyOf(components));
    }

    private static List<String> licences(JsonNode licences) {
        TreeSet<String> all = new TreeSet<>();
        for (JsonNode licence : licences) {
            if (licence.has("expression")) {
                all.add(licence.path("expression").asText());
            } else {
                JsonNode one = licence.path("license");
                all.add(
                        one.has("id")
                                ? one.path("id").asText()
                                : one.path("name").asText());
            }
        }
        return List.copyOf(all);
    }
}
