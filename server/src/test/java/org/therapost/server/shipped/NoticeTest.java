package org.therapost.server.shipped;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.therapost.server.shipped.BillOfMaterials.Component;

/** NOTICE and the bill of materials name what is shipped, all of it and nothing else. */
@Tag("integration")
class NoticeTest {

    /**
     * What authors call their licences, and the licence of NOTICE that this is. Where they say only "BSD", CycloneDX makes
     * BSD-4-Clause of it.
     */
    private static final Map<String, Pattern> DECLARED = new TreeMap<>(Map.ofEntries(
            Map.entry("0BSD", Pattern.compile("0BSD")),
            Map.entry(
                    "Apache-2.0", Pattern.compile("Apache-2\\.0|Apache 2|The Apache Software License, version 2\\.0")),
            Map.entry("BSD-2-Clause", Pattern.compile("BSD-2-Clause")),
            Map.entry("BSD-3-Clause", Pattern.compile("BSD-3-Clause|Go License|BSD-4-Clause")),
            Map.entry("CC0-1.0", Pattern.compile("CC0-1\\.0|Public Domain, per Creative Commons CC0")),
            Map.entry("CDDL-1.0", Pattern.compile("CDDL-1\\.0")),
            Map.entry("CDDL-1.1", Pattern.compile("CDDL-1\\.1|.*CDDL.*")),
            Map.entry("EPL-2.0", Pattern.compile("EPL-2\\.0|EPL 2\\.0")),
            Map.entry("MIT", Pattern.compile("MIT|The MIT License.*|Bouncy Castle Licence")),
            Map.entry("MIT-0", Pattern.compile("MIT-0")),
            Map.entry("Public-Domain", Pattern.compile("Public Domain")),
            Map.entry("Unicode-3.0", Pattern.compile("Unicode-3\\.0")),
            Map.entry("WTFPL", Pattern.compile("WTFPL.*"))));

    private final Notice notice = Notice.of(Repository.text(Path.of("NOTICE")));

    @Test
    void every_work_that_is_shipped_has_its_place_in_the_notice() throws IOException {
        assertThat(BillOfMaterials.read().components()).hasSizeGreaterThan(100).allSatisfy(component -> assertThat(
                        notice.namesOf(component.name()))
                .as("NOTICE names %s, %s", component.name(), component.licences())
                .isNotEmpty());
    }

    @Test
    void the_notice_names_nothing_that_is_not_shipped() throws IOException {
        TreeSet<String> named = BillOfMaterials.read().components().stream()
                .flatMap(component -> notice.namesOf(component.name()).stream())
                .collect(toCollection(TreeSet::new));
        assertThat(notice.licences().keySet()).as("names of NOTICE").containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void every_work_stands_under_a_licence_that_its_authors_gave_it() throws IOException {
        assertThat(BillOfMaterials.read().components()).allSatisfy(component -> {
            String licence = notice.licenceOf(notice.namesOf(component.name()).get(0));
            assertThat(component.licences())
                    .as("%s stands under %s", component.name(), licence)
                    .anyMatch(declared -> DECLARED.getOrDefault(licence, Pattern.compile("none"))
                            .matcher(declared)
                            .matches());
        });
    }

    @Test
    void the_texts_of_the_licences_are_there_and_in_the_jar() {
        String text = Repository.text(Path.of("NOTICE"));
        List<String> files = Pattern.compile("(LICENSE|licenses/[\\w.-]+\\.txt)")
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        assertThat(files).hasSizeGreaterThan(8);
        Path inTheJar = Repository.root().resolve("server/target/classes/META-INF");
        assertThat(Stream.concat(files.stream(), Stream.of("NOTICE")))
                .allSatisfy(file -> assertThat(inTheJar.resolve(file))
                        .hasSameBinaryContentAs(Repository.root().resolve(file)));
    }

    @Test
    void the_bill_of_materials_is_what_the_server_runs_with() throws IOException {
        TreeSet<String> named =
                BillOfMaterials.read().components().stream().map(Component::jar).collect(toCollection(TreeSet::new));
        assertThat(libraries(
                        Stream.of(System.getProperty("runtime.class.path", "").split(File.pathSeparator))))
                .as("the class path of the server")
                .containsExactlyElementsOf(named);
        try (Stream<Path> lib = Files.list(Repository.root().resolve("server/target/lib"))) {
            assertThat(libraries(lib.map(Path::toString)))
                    .as("what the launcher puts on the class path")
                    .containsExactlyElementsOf(named);
        }
    }

    private static Set<String> libraries(Stream<String> classPath) {
        return classPath
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar") && !name.startsWith("therapost-"))
                .collect(toCollection(TreeSet::new));
    }
}
