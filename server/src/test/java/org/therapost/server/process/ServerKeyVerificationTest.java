package org.therapost.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.util.Modules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.TestServer;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.StartException;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.DatabaseSettings;

/** A server runs on a database; another one is to start on the same. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class ServerKeyVerificationTest {

    private Path firstFolder;
    private TherapostServer first;

    @BeforeAll
    void the_practice_s_first_server_runs(@TempDir Path folder) throws Exception {
        firstFolder = folder;
        first = TestServer.start(folder, Modules.EMPTY_MODULE);
    }

    @AfterAll
    void it_stops() {
        first.close();
    }

    private Configuration onTheSameDatabase(Path folder) throws Exception {
        ConnectionParameters database = first.part(Database.class).parameters();
        return TestServer.configuration(folder)
                .with(DatabaseSettings.URL, database.url())
                .with(DatabaseSettings.USER, database.user())
                .with(DatabaseSettings.PASSWORD, database.password());
    }

    private static Path key(Path folder) {
        return folder.resolve("data/keys/spool.key");
    }

    private void refused(Path folder, String... reasons) throws Exception {
        Configuration configuration = onTheSameDatabase(folder);
        assertThatThrownBy(
                        () -> TherapostServer.start(configuration, line -> {}).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(key(folder).toString())
                .hasMessageContainingAll(reasons)
                .message()
                .doesNotContain("\n");
    }

    private static void write(Path folder, byte[] octets, String permissions) throws Exception {
        Files.createDirectories(key(folder).getParent());
        Files.write(key(folder), octets);
        Files.setPosixFilePermissions(key(folder), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void a_server_with_an_empty_data_folder_makes_no_second_key_not_even_while_nobody_is_enrolled(@TempDir Path folder)
            throws Exception {
        refused(folder, "is missing", "copy it from the server that uses this database");
        assertThat(key(folder)).doesNotExist();
        first.part(Enrolment.class).addPractice("practice.example");
        refused(folder, "is missing");
        assertThat(key(folder)).doesNotExist();
    }

    @Test
    void a_server_with_another_key_does_not_start_as_after_a_restore_of_the_wrong_backup(@TempDir Path folder)
            throws Exception {
        write(folder, ServerKey.generate(), "rw-------");
        refused(folder, "belongs to another server key", "put the right spool.key there", "check value");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64, 4096})
    void a_file_that_is_no_key_is_named_with_the_remedy(int octets, @TempDir Path folder) throws Exception {
        write(folder, new byte[octets], "rw-------");
        refused(folder, octets == 0 ? "is empty" : "is damaged", "put the copy of it there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----"})
    void a_key_that_others_can_read_or_change_is_not_used(String permissions, @TempDir Path folder) throws Exception {
        write(folder, Files.readAllBytes(key(firstFolder)), permissions);
        refused(folder, "open to other users", "chmod 600");
    }

    @Test
    void a_folder_in_the_place_of_the_key_is_told_as_it_is(@TempDir Path folder) throws Exception {
        Files.createDirectories(key(folder));
        Files.setPosixFilePermissions(key(folder), PosixFilePermissions.fromString("rwx------"));
        refused(folder, "cannot be read");
    }

    @Test
    void a_server_with_the_same_key_starts(@TempDir Path folder) throws Exception {
        try (TherapostServer second = TestServer.beside(first, firstFolder, folder)) {
            assertThat(second.addresses()).isNotNull();
        }
    }
}
