package org.therapost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.server.commandline.Commands;
import picocli.CommandLine;

/** What a person sees who types {@code ./therapost demo}. */
class DemoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void its_help_names_its_options() {
        assertThat(execute("demo", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: therapost demo", "--once", "--data", "status 0 if every step held");
    }

    @Test
    void the_help_lists_the_same_commands_as_the_help_of_the_server() {
        assertThat(Main.commandLine().getUsageMessage())
                .isEqualTo(Commands.commandLine().getUsageMessage());
    }

    @Test
    void an_option_that_it_does_not_have_is_one_line_and_status_2() {
        assertThat(execute("demo", "--twice")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("--twice", "therapost demo --help");
    }

    @Test
    void a_folder_that_no_demo_has_made_is_one_line_and_status_2(@TempDir Path mine) throws Exception {
        Files.writeString(mine.resolve("mine.txt"), "my own");
        assertThat(execute("demo", "--once", "--data", mine.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("was not made by a demo");
        assertThat(mine.resolve("mine.txt")).hasContent("my own");
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
