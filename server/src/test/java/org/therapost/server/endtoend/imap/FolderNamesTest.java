package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.MAILBOX;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/** Which folders a program may delete, rename and make (RFC 3501 sections 6.3.3 to 6.3.5): the folder of a client stays, names are told apart. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FolderNamesTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final byte[] LETTER = "Subject: a letter\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII);

    private TherapostServer server;

    @BeforeAll
    void dr_bloom_has_three_clients(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        Administrator administrator = new Administrator(data.resolve("data"));
        administrator.client(DR_BLOOM, "alice@provider.example", "Alice");
        administrator.client(DR_BLOOM, "bruno@provider.example", "Bruno");
        administrator.client(DR_BLOOM, "zoe@provider.example", Normalizer.normalize("Zo\u00eb", Normalizer.Form.NFD));
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    private RawImap reader() throws IOException {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Clients/Alice",
                "\"Clients/Alice\"",
                "\"Clients/Alice/\"",
                "{13+}\r\nClients/Alice",
                "\"#private/Clients/Alice\"",
                "\"Clients/Zo&AOs-\"",
                "\"Clients/Zoe&Awg-\""
            })
    void the_folder_of_a_client_is_not_deleted_and_the_therapist_is_told_why(String spelled) throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + spelled.replace("/\"", "\""));
            assertThat(imap.command("DELETE " + spelled).completion())
                    .startsWith("NO [CANNOT] ")
                    .contains("record of a client", "can be renamed");
            // It is still selected, with all that is in it.
            imap.ok("NOOP");
            imap.ok("CLOSE");
            assertThat(imap.ok("LIST \"\" Clients/*").text()).contains("Clients/Alice\"", "Clients/Zo&AOs-\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trash/Alice",
                "Alice",
                "Clients",
                "INBOX",
                "Archive/2026/Alice",
                "Clients/Bruno/Alice",
                "clients/Alice",
                "\"Clients/\"",
                "Clients/Bruno",
                "Clients/bruno"
            })
    void the_folder_of_a_client_stays_directly_below_clients_under_a_name_of_its_own(String elsewhere)
            throws Exception {
        try (RawImap imap = reader()) {
            assertThat(imap.command("RENAME Clients/Alice " + elsewhere).completion())
                    .startsWith("NO ");
            assertThat(imap.ok("LIST \"\" *").text())
                    .contains("\"Clients/Alice\"", "\"Clients/Bruno\"")
                    .doesNotContain("Trash/", "Archive", "\"Alice\"");
        }
    }

    @Test
    void a_renamed_folder_of_a_client_is_the_clients_still() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("RENAME Clients/Bruno \"Clients/Bruno K.\"");
            imap.ok("RENAME \"Clients/Bruno K.\" \"Clients/bruno k.\"");
            assertThat(imap.command("DELETE \"Clients/bruno k.\"").completion()).startsWith("NO [CANNOT]");
            imap.ok("CREATE Clients/Bruno");
            imap.ok("DELETE Clients/Bruno");
            imap.ok("RENAME \"Clients/bruno k.\" Clients/Bruno");
        }
    }

    @Test
    void what_a_program_made_below_a_client_can_be_deleted() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("CREATE Clients/Alice/Drawings");
            imap.ok("DELETE Clients/Alice/Drawings");
            imap.ok("CREATE Clients/Ideas");
            imap.ok("RENAME Clients/Ideas Ideas");
            imap.ok("DELETE Ideas");
        }
    }

    @Test
    void inbox_gives_its_messages_away_and_stays_with_what_is_below_it() throws Exception {
        try (RawImap imap = reader();
                RawImap other = reader()) {
            imap.append("INBOX", "", LETTER);
            imap.ok("CREATE INBOX/Later");
            other.ok("SELECT INBOX");
            imap.ok("RENAME inbox Old");
            assertThat(imap.ok("STATUS Old (MESSAGES)").text()).contains("MESSAGES 1");
            assertThat(imap.ok("STATUS INBOX (MESSAGES)").text()).contains("MESSAGES 0");
            // RFC 3501 section 6.3.5: inferior names of INBOX are unaffected.
            assertThat(imap.ok("LIST \"\" *").text())
                    .contains("\"INBOX/Later\"")
                    .doesNotContain("Old/");
            assertThat(imap.command("RENAME Old INBOX").completion()).startsWith("NO");
            imap.ok("DELETE INBOX/Later");
            imap.ok("DELETE Old");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sent",
                "ARCHIVE",
                "junk",
                "\"clients\"",
                "clients/Carla",
                "Clients/alice",
                "\"Clients/ZO&AMs-\"",
                "\"Clients/Zo&AOs-\"",
                "\"&,zP,Rf9O,1Q-\"",
                "\"CLIENTS/Alice/Drawings\"",
                "\"Ideas&AAo-\"",
                "\"Ideas&AH8-\"",
                "\"Ideas&ICg-\"",
                "\"Ideas&2AA-\""
            })
    void a_name_that_could_not_be_told_from_another_is_not_made(String name) throws Exception {
        try (RawImap imap = reader()) {
            String before = imap.ok("LIST \"\" *").untagged().toString();
            assertThat(imap.command("CREATE " + name).completion()).matches("(NO|BAD) .*");
            imap.ok("CREATE Made");
            assertThat(imap.command("RENAME Made " + name).completion()).matches("(NO|BAD) .*");
            imap.ok("DELETE Made");
            assertThat(imap.ok("LIST \"\" *").untagged().toString()).isEqualTo(before);
        }
    }

    @Test
    void a_folder_changes_its_capitals_with_all_below_it() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("CREATE ideas/Autumn");
            imap.ok("RENAME ideas Ideas");
            assertThat(imap.ok("LIST \"\" *").text())
                    .contains("\"Ideas/Autumn\"")
                    .doesNotContain("ideas");
            imap.ok("DELETE Ideas/Autumn");
            imap.ok("DELETE Ideas");
        }
    }

    /** As an earlier release stored it. */
    @Test
    void a_folder_that_was_stored_in_decomposed_form_is_found() throws Exception {
        String decomposed = Normalizer.normalize("Caf\u00e9", Normalizer.Form.NFD);
        ServerKey key = server.part(ServerKey.class);
        try (RawImap imap = reader()) {
            imap.ok("CREATE Stored");
            byte[] mac = key.pseudonym("Stored", SealingPurpose.FOLDER_NAME);
            UUID folder = server.part(Database.class).sql().fetchValue(MAILBOX.ID, MAILBOX.NAME_MAC.eq(mac));
            server.part(Database.class)
                    .sql()
                    .update(MAILBOX)
                    .set(MAILBOX.NAME_SEALED, SealedColumns.FOLDER_NAME.seal(key, decomposed, folder))
                    .set(MAILBOX.NAME_MAC, key.pseudonym(decomposed, SealingPurpose.FOLDER_NAME))
                    .where(MAILBOX.ID.eq(folder))
                    .execute();
            imap.ok("SELECT \"Caf&AOk-\"");
            imap.ok("SELECT \"Cafe&AwE-\"");
            imap.ok("DELETE \"Caf&AOk-\"");
            assertThat(imap.ok("LIST \"\" *").text()).doesNotContain("Caf");
        }
    }
}
