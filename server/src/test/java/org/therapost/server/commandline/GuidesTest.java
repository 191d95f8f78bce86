package org.therapost.server.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guides say what is there: commands that exist, notes that therapists really get, files that can be opened. */
class GuidesTest {

    private static final Path TOP = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}(?:\\$ )?\\./therapost (\\S.*)$");
    private static final Pattern SUBJECT = Pattern.compile("(?m)^[a-z-]+\\.subject(?:-[a-z-]+)? = (.*)$");
    private static final Pattern FILE =
            Pattern.compile("`((?:docs|config|docker)/(?!decisions/\\d{4}`)[A-Za-z0-9_./-]+)`");
    private static final Pattern DECISION = Pattern.compile("docs/decisions/(\\d{4})");

    @ParameterizedTest
    @ValueSource(strings = {"docs/operator.md", "docs/recovery.md", "README.md"})
    void every_command_that_a_guide_types_is_one(String guide) throws IOException {
        List<String> commands = found(COMMAND, text(guide))
                .map(line -> line.replaceAll("\\s+[>#].*$", ""))
                .toList();

        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            assertThatCode(() -> Commands.commandLine().parseArgs(words(command)))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void every_note_that_a_therapist_can_get_is_in_the_guide_for_therapists() throws IOException {
        String guide = plain(text("docs/therapist.md"));

        found(SUBJECT, text("config/templates/therapist_en.properties"))
                .map(subject -> plain(subject.replaceAll(",? *\\{\\{.*?}}", "")))
                .filter(subject -> !subject.isBlank())
                .forEach(subject -> assertThat(guide).contains(subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "SECURITY.md",
                "CONTRIBUTING.md",
                "docs/operator.md",
                "docs/therapist.md",
                "docs/sessions.md",
                "docs/recovery.md",
                "docs/glossary.md"
            })
    void every_file_and_decision_that_a_document_names_is_there(String document) throws IOException {
        String text = text(document);
        found(FILE, text)
                .forEach(file -> assertThat(TOP.resolve(file)).as(document).exists());
        try (Stream<Path> all = Files.list(TOP.resolve("docs/decisions"))) {
            List<String> numbers = all.map(file -> file.getFileName().toString().substring(0, 4))
                    .toList();
            assertThat(found(DECISION, text)).as(document).allSatisfy(number -> assertThat(numbers)
                    .contains(number));
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(TOP.resolve(file));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    /** As it is typed into a shell: words in quotes are one. */
    private static String[] words(String command) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }

    /** Line breaks, capitals and the form of apostrophes make no difference. */
    private static String plain(String text) {
        return text.replace('\u2019', '\'').replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
