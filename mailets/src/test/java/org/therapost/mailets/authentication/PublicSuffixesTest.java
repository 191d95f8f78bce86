package org.therapost.mailets.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several lists counts, and from when it is. */
class PublicSuffixesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_newest_counts_whether_it_is_the_operators_or_debians() throws Exception {
        Path operators = list("operators", "2090-03-01", "one.example");
        Path debians = list("debians", "2090-02-01", "two.example");
        assertThat(PublicSuffixes.newest(List.of(operators, debians)).date()).isEqualTo(LocalDate.of(2090, 3, 1));
        assertThat(PublicSuffixes.newest(List.of(operators, debians)).organizationalDomain("a.b.one.example"))
                .isEqualTo("b.one.example");

        list("debians", "2090-04-01", "two.example");
        assertThat(PublicSuffixes.newest(List.of(operators, debians)).date()).isEqualTo(LocalDate.of(2090, 4, 1));
        assertThat(PublicSuffixes.newest(List.of(operators, debians)).organizationalDomain("a.b.two.example"))
                .isEqualTo("b.two.example");
    }

    @Test
    void an_older_file_does_not_take_the_place_of_the_built_in_one() throws Exception {
        LocalDate builtIn = PublicSuffixes.newest(List.of()).date();

        assertThat(PublicSuffixes.newest(List.of(list("operators", "2019-01-01", "one.example")))
                        .date())
                .isEqualTo(builtIn);
    }

    @Test
    void a_file_that_is_missing_leaves_it_to_the_others() throws Exception {
        Path debians = list("debians", "2090-02-01", "two.example");

        assertThat(PublicSuffixes.newest(List.of(folder.resolve("missing"), debians))
                        .date())
                .isEqualTo(LocalDate.of(2090, 2, 1));
    }

    @Test
    void a_list_without_a_version_is_of_the_day_on_which_the_file_was_changed() throws Exception {
        Path file = list("old", "", "one.example");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2021-05-06T07:08:09Z")));

        assertThat(PublicSuffixes.of(file).date()).isEqualTo(LocalDate.of(2021, 5, 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Not found</html>", "// ===BEGIN ICANN DOMAINS===\ncom\n", "\u0000\uFFFF"})
    void what_is_no_whole_list_is_refused_and_named(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("broken"), text);

        assertThatThrownBy(() -> PublicSuffixes.newest(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), "not a whole public suffix list", "publicsuffix.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13-01", "2026-02-30", "0000-00-00"})
    void a_version_that_is_no_date_is_refused_and_named(String version) throws Exception {
        Path file = list("broken", version, "one.example");

        assertThatThrownBy(() -> PublicSuffixes.newest(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(file.toString(), version);
    }

    @Test
    void what_cannot_be_read_is_named() throws Exception {
        // Root, who may run tests, can read every file, but no folder as one.
        Path unreadable = Files.createDirectory(folder.resolve("unreadable"));

        assertThatThrownBy(() -> PublicSuffixes.newest(List.of(unreadable)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(unreadable.toString(), "cannot be read");
    }

    private Path list(String name, String version, String suffix) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                (version.isEmpty() ? "" : "// VERSION: " + version + "_07-08-09_UTC\n")
                        + "// ===BEGIN ICANN DOMAINS===\nexample\n" + suffix + "\n// ===END ICANN DOMAINS===\n"
                        + "// ===BEGIN PRIVATE DOMAINS===\n// ===END PRIVATE DOMAINS===\n");
    }
}
