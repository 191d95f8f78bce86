package org.therapost.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory has an account on the same machine, and finds the port of the embedded PostgreSQL. */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterAccessTest {

    private Path folder;
    private EmbeddedCluster cluster;

    @BeforeAll
    void the_practice_s_cluster_runs(@TempDir Path folder) throws Exception {
        this.folder = folder;
        cluster = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("programs"));
    }

    @AfterAll
    void it_stops() throws Exception {
        cluster.close();
    }

    private static Connection connect(int port, String database, String user, String password, String more)
            throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + user
                + "&password=" + password + more);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres,  postgres,  28000",
        "template1, postgres,  28000",
        "template1, therapost, 28000",
        "template0, therapost, 28000",
        "postgres,  mallory,   28000",
        "postgres,  root,      28000",
        "postgres,  therapost, 28P01"
    })
    void mallory_gets_in_as_nobody(String database, String user, String state) {
        for (String password : new String[] {"", "postgres", "therapost", "0".repeat(64)}) {
            assertThatThrownBy(() -> connect(cluster.port(), database, user, password, "")
                            .close())
                    .isInstanceOf(SQLException.class)
                    .extracting(failed -> ((SQLException) failed).getSQLState())
                    // Without a password the driver gives up by itself.
                    .isIn(state, "08004");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"therapost", "postgres"})
    void nobody_gets_a_stream_of_all_changes_not_even_with_the_password(String user) throws Exception {
        String password = cluster.parameters(1).password();
        assertThatThrownBy(() -> connect(
                                cluster.port(),
                                "postgres",
                                user,
                                password,
                                "&replication=true&preferQueryMode=simple&assumeMinServerVersion=15")
                        .close())
                .isInstanceOf(SQLException.class)
                .extracting(failed -> ((SQLException) failed).getSQLState())
                .isEqualTo("28000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to program 'cat > /dev/null'",
                "copy pg_class to '/tmp/out'",
                "select pg_read_file('/etc/hostname')",
                "select lo_import('/etc/hostname')",
                "select pg_ls_dir('.')",
                "select rolpassword from pg_authid",
                "alter role therapost superuser",
                "create role mallory",
                "alter system set archive_command = 'true'",
                "create function f() returns int language c as 'libc', 'system'",
                "set role postgres"
            })
    void even_the_server_s_own_role_runs_no_program_reads_no_file_and_becomes_nobody_else(String statement)
            throws Exception {
        try (Connection own = DriverManager.getConnection(cluster.parameters(1).url(), own(cluster));
                Statement sql = own.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement)).hasMessageContaining("ermission denied");
        }
    }

    private static Properties own(EmbeddedCluster cluster) {
        return cluster.parameters(1).connection("test");
    }

    @Test
    void the_password_and_the_rules_are_for_the_owner_alone_and_no_socket_is_open() throws Exception {
        for (String file : new String[] {"password", "cluster/pg_hba.conf"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(folder.resolve("cluster/pg_hba.conf"))).doesNotContain("trust");
        assertThat(Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(4))
                .as("folder of the socket")
                .isEmpty();
        // The programs are unpacked once in a virtual machine, by whichever test came first.
        assertThat(folder.toFile().list())
                .contains("cluster", "password")
                .isSubsetOf("cluster", "programs", "password");
    }

    @Test
    void a_data_folder_of_an_earlier_version_is_closed_at_its_next_start_and_loses_nothing(@TempDir Path old)
            throws Exception {
        int port = anOldClusterWithThePractice(old);
        assertThat(Files.readString(old.resolve("cluster/pg_hba.conf"))).contains("trust");
        try (EmbeddedCluster closed = EmbeddedCluster.start(old.resolve("cluster"), old.resolve("programs"));
                Database database = Database.connect(closed.parameters(2))) {
            assertThat(port).isPositive();
            assertThat(database.sql().fetchValue("select name from mail_domain"))
                    .isEqualTo("practice.example");
            // As the next migration will, and as the tests of a release before did.
            database.sql().execute("alter table mail_domain add column remark text");
            database.sql().execute("create table added (during tstzrange, exclude using gist (during with &&))");
            assertThatThrownBy(() -> connect(closed.port(), "postgres", "postgres", "", "")
                            .close())
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> database.sql().execute("copy (select 1) to program 'true'"))
                    .isInstanceOf(DataAccessException.class);
        }
    }

    /** As the server did it before. */
    private static int anOldClusterWithThePractice(Path folder) throws IOException {
        try (EmbeddedPostgres open = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("cluster"))
                        .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                        .setCleanDataDirectory(false)
                        .start();
                Database database = Database.connect(
                        new ConnectionParameters(open.getJdbcUrl("postgres", "postgres"), "postgres", "", 2))) {
            database.sql().execute("insert into mail_domain values ('practice.example')");
            return open.getPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half of it", "lost"})
    void a_password_that_was_lost_or_damaged_is_made_anew_for_the_owner_of_the_files(String left, @TempDir Path folder)
            throws Exception {
        Path password = folder.resolve("password");
        EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("programs"))
                .close();
        String before = Files.readString(password);
        if (left.equals("lost")) {
            Files.delete(password);
        } else {
            Files.writeString(password, left);
        }
        try (EmbeddedCluster again = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("programs"));
                Database database = Database.connect(again.parameters(2))) {
            assertThat(Files.readString(password)).isNotEqualTo(before).hasSize(65);
            assertThat(database.sql().fetchValue("select current_user::text")).isEqualTo("therapost");
        }
    }

    @Test
    void a_rule_that_somebody_added_does_not_outlive_the_next_start(@TempDir Path folder) throws Exception {
        EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("programs"))
                .close();
        Path rules = folder.resolve("cluster/pg_hba.conf");
        Files.writeString(rules, "host all all 127.0.0.1/32 trust\n");
        try (EmbeddedCluster again = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("programs"))) {
            assertThat(Files.readString(rules)).doesNotContain("trust");
            assertThatThrownBy(() -> connect(again.port(), "postgres", "postgres", "", "")
                            .close())
                    .isInstanceOf(SQLException.class);
        }
    }
}
