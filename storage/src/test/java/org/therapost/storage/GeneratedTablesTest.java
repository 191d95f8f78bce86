package org.therapost.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTablesTest {

    @Test
    void the_committed_tables_are_those_of_the_migrated_database(@TempDir Path folder) throws IOException {
        GeneratedTables.generate(TestDatabase.shared(), folder);
        assertThat(files(Path.of("src/generated/java")))
                .as("run: ./mvnw -Pgenerate -pl storage -am process-test-classes")
                .isEqualTo(files(folder));
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
