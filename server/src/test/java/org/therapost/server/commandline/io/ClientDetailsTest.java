package org.therapost.server.commandline.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.server.commandline.Commands;
import picocli.CommandLine;

class ClientDetailsTest {

    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine commandLine = Commands.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@provider.example\nAlice M.\n",
                "\uFEFFalice@provider.example\r\nAlice M.\r\n",
                "\n  alice@provider.example  \n\n Alice M. ",
                "Alice M. <alice@provider.example>",
                "\"Alice M.\" <alice@provider.example>\n",
                "email: alice@provider.example\nname: Alice M.",
                "Name=Alice M.\nE-Mail=alice@provider.example",
                "Alice M.\nalice@provider.example",
                "{\"email\": \"alice@provider.example\", \"name\": \"Alice M.\"}"
            })
    void a_client_s_mailbox_and_name_are_read_as_people_and_programs_write_them(String text) throws Exception {
        assertThat(ClientDetails.parse(text))
                .extracting(ClientDetails::email, ClientDetails::name)
                .containsExactly("alice@provider.example", "Alice M.");
        assertThat(ClientDetails.parse(text)).asString().doesNotContain("lice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice@provider.example",
                "Alice",
                "<alice@provider.example>",
                "alice@provider.example\nAlice\nBruno",
                "Alice <alice@provider.example>\nBruno <bruno@provider.example>",
                "{\"email\": \"alice@provider.example\"}",
                "{\"email\": alice"
            })
    void what_is_incomplete_or_too_much_is_refused_and_not_quoted(String text) {
        assertThatThrownBy(() -> ClientDetails.parse(text))
                .isInstanceOf(CommandFailure.class)
                .message()
                .doesNotContain("lice", "Bruno");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client add --therapist b@p.example --email alice@provider.example --name Alice",
                "client add --therapist b@p.example --email=alice@provider.example",
                "client add --therapist b@p.example --name Alice",
                "client add --therapist b@p.example --name",
                "client settings x@p.example --crisis-text ring-Alice's-mother",
                "contract set x@p.example --urgent-word lighthouse",
                "contract set x@p.example --back-up-plan ring-Alice"
            })
    void what_is_a_client_s_is_refused_on_a_command_line_with_the_reason_and_the_way(String command) {
        assertThat(execute(command.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .contains("(ps)", "standard input")
                .doesNotContain("Alice", "alice", "lighthouse")
                .satisfies(said -> assertThat(said.lines()).hasSize(1));
    }

    @Test
    void words_come_from_a_file_and_none_stands_for_itself(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("words"), "\uFEFFring the clinic\r\n");
        assertThat(CommandInput.words("--crisis-text", file.toString())).isEqualTo("ring the clinic");
        assertThat(CommandInput.words("--crisis-text", "none")).isEqualTo("none");
        assertThat(CommandInput.words("--crisis-text", null)).isNull();
    }
}
