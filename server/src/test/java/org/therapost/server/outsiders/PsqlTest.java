package org.therapost.server.outsiders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.server.outsiders.openpgp.Program;

/** psql, as any user of the machine has it, judges that nobody gets into the server's own PostgreSQL without its password. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PsqlTest {

    private static final String WHO = "select current_user, rolsuper from pg_roles where rolname = current_user";

    private Practice practice;

    @BeforeAll
    void the_practice_s_server_runs() throws Exception {
        practice = Practice.open(Map.of()).withDrBloom();
    }

    @AfterAll
    void the_practice_closes() throws Exception {
        practice.close();
    }

    @Test
    void the_server_s_role_gets_in_with_the_password_to_its_database_alone_and_is_no_superuser() throws Exception {
        String password = practice.databasePassword();
        Program.Outcome own = psql(password, WHO, "-h 127.0.0.1 -U therapost postgres");
        assertThat(own.status()).as(own.errors()).isZero();
        assertThat(own.text().strip()).isEqualTo("therapost f");

        for (String elsewhere : List.of(
                "-h 127.0.0.1 -U therapost template1",
                "-h 127.0.0.1 -U postgres postgres",
                "-h 127.0.0.1 -U postgres template1",
                "-h 127.0.0.1 -U root postgres")) {
            refused(psql(password, WHO, elsewhere));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to program 'cat > /dev/null'",
                "select pg_read_file('/etc/hostname')",
                "alter role therapost superuser",
                "set role postgres",
                "\\copy pg_authid to stdout"
            })
    void with_the_password_psql_runs_no_program_and_reads_no_file_as_the_server(String statement) throws Exception {
        Program.Outcome outcome = psql(practice.databasePassword(), statement, "-h 127.0.0.1 -U therapost postgres");

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.errors()).contains("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-h 127.0.0.1 -U postgres postgres",
                "-h 127.0.0.1 -U postgres template1",
                "-h 127.0.0.1 -U therapost postgres",
                "-h 127.0.0.1 -U therapost template0",
                "-h 127.0.0.1 -U root postgres",
                "-h 127.0.0.1 -U mallory postgres",
                "-h localhost -U postgres postgres",
                "-h ::1 -U postgres postgres",
                "-h /tmp -U postgres postgres",
                "-h /var/run/postgresql -U therapost postgres",
                "-U postgres postgres"
            })
    void without_the_password_nobody_gets_in(String arguments) throws Exception {
        for (String guess : List.of("", "postgres", "therapost", Practice.PASSWORD, "0".repeat(64))) {
            refused(psql(guess, WHO, arguments));
        }
    }

    private static void refused(Program.Outcome outcome) {
        // psql's status for "could not connect".
        assertThat(outcome.status()).as(outcome.text() + outcome.errors()).isEqualTo(2);
        assertThat(outcome.text()).isEmpty();
        assertThat(outcome.errors()).containsAnyOf("FATAL:", "failed: ");
    }

    private Program.Outcome psql(String password, String statement, String arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("psql", "--no-password", "--no-psqlrc", "-At", "-F", " ", "-p", practice.databasePort()));
        command.addAll(List.of("-c", statement));
        command.addAll(List.of(arguments.split(" ")));
        Map<String, String> environment =
                Map.of("PGPASSWORD", password, "PGPASSFILE", "/dev/null", "PGCONNECT_TIMEOUT", "10");
        return Program.run(practice.folder("psql"), environment, new byte[0], command);
    }
}
