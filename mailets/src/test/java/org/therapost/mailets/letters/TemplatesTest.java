package org.therapost.mailets.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.sessions.letters.ClientLetter;

class TemplatesTest {

    private static final ClientLetter HELD = new ClientLetter.Held(Examples.FIRST, Examples.LATER);
    private static final Path SHIPPED = Path.of("..", "config", "templates");

    @TempDir
    private Path folder;

    @Test
    void the_shipped_folder_can_be_used_as_it_is() throws Exception {
        assertThat(Templates.of(SHIPPED).languages()).hasSize(5);
    }

    @Test
    void every_language_fills_in_the_same_values() throws Exception {
        for (String kind : List.of("client", "therapist")) {
            WordingFile english = shipped(kind, "en");
            for (String language : List.of("de", "fr", "es", "nl")) {
                WordingFile other = shipped(kind, language);
                assertThat(other.texts().keySet()).isEqualTo(english.texts().keySet());
                for (String key : english.texts().keySet()) {
                    assertThat(other.names(key)).as(language + " " + key).isEqualTo(english.names(key));
                }
            }
        }
    }

    @Test
    void what_staff_writes_replaces_the_packaged_text_and_nothing_else() throws Exception {
        write("client_en.properties", "held.subject = Got it");
        ReadLetter letter = new Desk(Templates.of(folder), Locale.ENGLISH).toClient(HELD, Locale.ENGLISH, Carriage.TLS);

        assertThat(letter.message.getSubject()).isEqualTo("Got it");
        assertThat(letter.text()).startsWith("Your message arrived on");
    }

    @Test
    void a_language_can_be_added() throws Exception {
        write("client_it.properties", "held.subject = Messaggio arrivato");
        Templates templates = Templates.of(folder);

        assertThat(templates.languages()).contains(Locale.ITALIAN);
        assertThat(new Desk(templates, Locale.ENGLISH)
                        .toClient(HELD, Locale.ITALIAN, Carriage.TLS)
                        .message
                        .getSubject())
                .isEqualTo("Messaggio arrivato");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "client_en.properties  | held.text = {{arived}}         | client_en.properties:2: nothing here is called {{arived}}",
                "client_en.properties  | held.text = {{arrived          | client_en.properties:2: broken text",
                "client_en.properties  | held.text = {{> /etc/passwd}}  | client_en.properties:2: broken text",
                "client_en.properties  | held.txt = x                   | client_en.properties:2: no text has the key held.txt",
                "client_en.properties  | held.text =                    | client_en.properties:2: there is no text",
                "client_de.properties  | date = bbb                     | client_de.properties:2: not a pattern of a date",
                "therapist_fr.properties | date = HH:mm                 | therapist_fr.properties:2: not a pattern of a date",
                "letter.html.mustache  | {{{subject}}}                  | letter.html.mustache:2: values are always escaped",
                "letter.html.mustache  | {{&subject}}                   | letter.html.mustache:2: values are always escaped",
                "letter.html.mustache  | {{> client_en.properties}}     | letter.html.mustache:2: a template cannot include another file",
                "letter.html.mustache  | {{subject.class.name}}         | letter.html.mustache:2: nothing here is called {{subject.class.name}}",
                "letter.txt.mustache   | {{#paragraphs}}                | letter.txt.mustache:",
                "letter.text.mustache  | x                              | letter.text.mustache: no template has this name"
            })
    void a_broken_template_is_found_before_anything_starts(String file, String line, String complaint)
            throws Exception {
        write(file, (file.endsWith("mustache") ? "{{! why }}\n" : "# why\n") + line);

        assertThatThrownBy(() -> Templates.of(folder))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(complaint);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text + "\n");
    }

    private static WordingFile shipped(String kind, String language) throws IOException {
        String name = kind + "_" + language + ".properties";
        return WordingFile.of(name, Files.readString(SHIPPED.resolve(name)));
    }
}
