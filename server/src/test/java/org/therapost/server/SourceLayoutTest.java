package org.therapost.server;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the sources of all modules are laid out: packages that one can overlook, and names that name one thing. */
class SourceLayoutTest {

    private static final int FILES = 20;

    /** Names that every package or program may have. */
    private static final Set<String> CONVENTIONAL = Set.of("package-info.java", "Main.java", "Builder.java");

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void no_package_has_more_than_twenty_files(String folderOfModule) throws IOException {
        Map<Path, Long> sizes =
                sources(folderOfModule).stream().collect(groupingBy(Path::getParent, Collectors.counting()));
        assertThat(sizes).isNotEmpty().allSatisfy((folder, files) -> assertThat(files)
                .as("files in %s", folder)
                .isLessThanOrEqualTo(FILES));
    }

    @Test
    void no_two_types_have_one_simple_name() throws IOException {
        Map<String, List<Path>> byName = sources("src/main/java").stream()
                .filter(file -> !CONVENTIONAL.contains(file.getFileName().toString()))
                .collect(groupingBy(file -> file.getFileName().toString()));
        assertThat(byName).isNotEmpty().allSatisfy((name, files) -> assertThat(files)
                .as("types that are called %s", name)
                .hasSize(1));
    }

    /** What people wrote; jOOQ's generated classes have the names of the tables. */
    private static List<Path> sources(String folderOfModule) throws IOException {
        Path repository = repository();
        try (Stream<Path> modules = Files.list(repository)) {
            return modules.map(module -> module.resolve(folderOfModule))
                    .filter(Files::isDirectory)
                    .flatMap(SourceLayoutTest::walk)
                    .filter(file -> file.getFileName().toString().endsWith(".java"))
                    .map(repository::relativize)
                    .toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + folder, unreadable);
        }
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("therapost"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException("the launcher is in no folder above"));
        }
        return here;
    }
}
