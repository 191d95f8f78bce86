package org.therapost.server.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data = Path.of("unset");

    @Test
    void without_a_command_it_prints_help() {
        assertThat(execute()).isZero();
        assertThat(out.toString()).contains("Usage: therapost", "start", "practice", "therapist", "client", "thread");
    }

    @Test
    void every_command_explains_itself() {
        assertThat(execute("client", "consent", "--help")).isZero();
        assertThat(out.toString()).contains("THREAD", "--carriage", "--revoke");
        assertThat(execute("session", "simulate", "--help")).isZero();
        assertThat(execute("session", "open", "--help")).isZero();
        assertThat(execute("contract", "set", "--help")).isZero();
        assertThat(execute("client", "settings", "--help")).isZero();
        assertThat(out.toString()).contains("--thread", "--from", "--to", "MINUTES", "--max-hold", "--crisis-text");
    }

    @Test
    void it_says_which_version_it_is() {
        assertThat(execute("version")).isZero();
        assertThat(execute("--version")).isZero();
        // The number comes from the top-level pom, by way of the build.
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.matches("Therapost \\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void bad_input_is_one_line_and_status_2() {
        assertThat(execute("therapist", "add", "dr.bloom@practice.example")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("--name");
        assertThat(execute("fly")).isEqualTo(2);
        assertThat(execute(
                        "therapist",
                        "add",
                        "a@b.example",
                        "--name",
                        "A",
                        "--custody",
                        "own",
                        "--data",
                        data.toString()))
                .isEqualTo(2);
        assertThat(execute("client", "consent", "x@y.example", "--carriage", "pigeon"))
                .isEqualTo(2);
    }

    @Test
    void without_a_running_server_it_says_so() {
        assertThat(execute("thread", "list", "--data", data.toString())).isEqualTo(69);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("no server runs");
    }

    @Test
    void the_help_lists_the_demo_and_an_installation_says_that_it_has_none() {
        assertThat(execute()).isZero();
        assertThat(out.toString()).containsPattern("(?m)^ +demo +Play the whole story");
        assertThat(execute("demo", "--once", "--data", data.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("./therapost demo", "source code");
    }

    @Test
    void config_check_tells_each_mistake_on_a_line_of_its_own() throws IOException {
        Path file = Files.writeString(data.resolve("therapost.properties"), "smtp.prot = 25\nlogin.delay = 10\n");
        Files.copy(Path.of("../config/mailetcontainer.xml"), data.resolve("mailetcontainer.xml"));

        assertThat(execute("config", "check", "--config", data.toString())).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "unknown key smtp.prot (" + file + ", line 1): did you mean smtp.port?",
                        "login.delay = 10 (" + file + ", line 2): expected a time from 1 s to 1 min;"
                                + " the unit is missing: s, min, h, d, such as 10 s");
    }

    @Test
    void config_check_says_what_it_looked_at_and_config_show_what_is_in_force() throws IOException {
        assertThat(execute("config", "check", "--config", data.toString())).isZero();
        assertThat(out.toString()).contains("there is no " + data.resolve("therapost.properties"));

        Path file = Files.writeString(data.resolve("therapost.properties"), "office.name = praxis\n");
        Files.copy(Path.of("../config/mailetcontainer.xml"), data.resolve("mailetcontainer.xml"));
        assertThat(execute("config", "check", "--config", data.toString())).isZero();
        assertThat(out.toString()).contains("nothing is wrong in " + file);
        assertThat(execute("config", "show", "--config", data.toString(), "--data", "/srv/therapost"))
                .isZero();
        assertThat(out.toString().lines())
                .contains(
                        "office.name = praxis  (" + file + ", line 1)",
                        "data.folder = /srv/therapost  (option --data)",
                        "smtp.port = 2525  (the default)");
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Commands.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
