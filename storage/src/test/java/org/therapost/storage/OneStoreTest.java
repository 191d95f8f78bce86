package org.therapost.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of row is written in one place, so that its rules stand once: lock order, numbers, what is sealed how. */
final class OneStoreTest {

    @ParameterizedTest
    @CsvSource({
        "insertInto\\(MESSAGE\\), MessageRows.java",
        "insertInto\\(MESSAGE_KEY\\), MessageRows.java",
        "set\\(RECORD_ENTRY.ERASED_AT, RecordChain.java",
        "insertInto\\(MAILBOX_MESSAGE\\), FolderEntries.java",
        "set\\(MAILBOX.LAST_UID, UidAllocator.java",
        "set\\(MAILBOX.HIGHEST_MODSEQ, UidAllocator.java",
        "insertInto\\(MAILBOX\\), Folders.java",
        "insertInto\\(SUBSCRIPTION\\), Folders.java",
    })
    void a_kind_of_row_is_written_in_one_place(String statement, String place) throws IOException {
        assertThat(sourcesWith(Pattern.compile(statement))).containsExactly(place);
    }

    private static List<String> sourcesWith(Pattern statement) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            return sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> statement.matcher(text(path)).find())
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
