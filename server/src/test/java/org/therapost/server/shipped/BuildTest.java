package org.therapost.server.shipped;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What must stand in one place stands in one place. */
class BuildTest {

    private static final Path POM = Path.of("pom.xml");

    /** The versions of past releases stand there, and the next one's when it is made. */
    private static final Path CHANGELOG = Path.of("CHANGELOG.md");

    @Test
    void the_version_stands_in_one_place() throws IOException {
        String version = version();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        // Not as a part of another number: 10.1.0 is not 0.1.0.
        Pattern number =
                Pattern.compile("(?<![\\d.])" + Pattern.quote(version.replace("-SNAPSHOT", "")) + "(?![\\d.]*\\d)");
        Pattern snapshot = Pattern.compile(Pattern.quote(version));
        assertThat(count(snapshot, Repository.text(POM))).isOne();
        assertThat(Repository.sources())
                .hasSizeGreaterThan(500)
                .filteredOn(file -> !file.equals(POM) && !file.equals(CHANGELOG))
                .filteredOn(file -> snapshot.matcher(Repository.text(file)).find()
                        || (isOurs(file)
                                && number.matcher(Repository.text(file)).find()))
                .as("files besides pom.xml that say %s", version)
                .isEmpty();
    }

    /** Where 0.1.0 could be no version but ours. Elsewhere it may be the version of a library or of somebody's program. */
    private static boolean isOurs(Path file) {
        return Set.of("therapost", "Dockerfile", "compose.yaml", "README.md", "RELEASING.md", "Commands.java")
                        .contains(file.getFileName().toString())
                || file.startsWith("config");
    }

    @Test
    void every_module_takes_its_version_from_there() throws IOException {
        List<Path> poms = poms().stream().filter(pom -> !pom.equals(POM)).toList();
        assertThat(poms).hasSizeGreaterThanOrEqualTo(8).allSatisfy(pom -> assertThat(Repository.text(pom))
                .as("%s", pom)
                .contains("<artifactId>therapost</artifactId>\n    <version>${revision}</version>"));
    }

    @Test
    void exclusions_stand_in_the_top_level_pom_only() throws IOException {
        assertThat(Repository.text(POM)).contains("<exclusion>");
        assertThat(poms().stream().filter(pom -> !pom.equals(POM)))
                .isNotEmpty()
                .allSatisfy(
                        pom -> assertThat(Repository.text(pom)).as("%s", pom).doesNotContain("<exclusion>"));
    }

    @Test
    void modules_depend_on_james_by_the_one_module_that_excludes() throws IOException {
        assertThat(poms().stream().filter(pom -> !pom.equals(POM) && !pom.startsWith("james")))
                .isNotEmpty()
                .allSatisfy(pom ->
                        assertThat(Repository.text(pom)).as("%s", pom).doesNotContain("<groupId>org.apache.james"));
        assertThat(Repository.text(Path.of("james/pom.xml"))).contains("<groupId>org.apache.james</groupId>");
    }

    @Test
    void what_the_enforcer_holds_is_what_is_managed() {
        String pom = Repository.text(POM);
        Set<String> versions = all(Pattern.compile("<([a-z0-9-]+\\.version)>"), pom);
        Set<String> held = all(Pattern.compile(":\\(,\\$\\{([a-z0-9-]+\\.version)}\\)</exclude>"), pom);
        assertThat(held).hasSizeGreaterThan(30).isSubsetOf(versions);
    }

    private static List<Path> poms() throws IOException {
        return Repository.sources().stream()
                .filter(file -> file.endsWith("pom.xml") && !file.startsWith("bench/rivals"))
                .toList();
    }

    private static String version() {
        Matcher revision = Pattern.compile("<revision>([^<]+)</revision>").matcher(Repository.text(POM));
        assertThat(revision.find()).as("pom.xml has a <revision>").isTrue();
        return revision.group(1);
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(toSet());
    }
}
