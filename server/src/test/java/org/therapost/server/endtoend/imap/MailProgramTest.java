package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.SUBSCRIPTION;

import com.google.inject.util.Modules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.Folders;
import org.therapost.storage.store.MissingFolders;

/** What mail programs rely on: folders that stay, numbers that they were told, and that what is announced is so. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailProgramTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final byte[] LETTER = "Subject: a letter\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII);

    private TherapostServer server;
    private TherapostServer beside;
    private int folders;
    private String folder;

    @BeforeAll
    void two_servers_on_one_database(@TempDir Path data, @TempDir Path otherData) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        beside = TestServer.beside(server, data, otherData);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        new Administrator(data.resolve("data")).client(DR_BLOOM, "alice@provider.example", "Alice");
    }

    @BeforeEach
    void an_empty_folder() throws Exception {
        folder = "Case" + ++folders;
        try (RawImap imap = reader(server)) {
            imap.ok("CREATE " + folder);
        }
    }

    @AfterAll
    void both_stop() {
        beside.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INBOX",
                "inbox",
                "InBoX",
                "\"INBOX\"",
                "{5+}\r\ninbox",
                "INBOX/",
                "#private/INBOX",
                "Sent",
                "\"Sent/\"",
                "Drafts",
                "Trash",
                "Archive",
                "Junk",
                "Clients",
                "Enquiries",
                "\"#private/Clients\""
            })
    void a_folder_of_the_mailbox_is_not_deleted_and_nothing_is_lost(String spelled) throws Exception {
        try (RawImap imap = reader(server)) {
            imap.append("INBOX", "", LETTER);
            imap.ok("SELECT INBOX");
            int before = imap.search("ALL").size();
            assertThat(imap.command("DELETE " + spelled).completion()).startsWith("NO");
            assertThat(imap.search("ALL")).hasSize(before);
            String listed = imap.ok("LIST \"\" *").text();
            assertThat(listed).contains("\"INBOX\"", "\"Sent\"", "\"Clients\"", "\"Clients/Alice\"", "\"Trash\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sent", "Drafts", "Trash", "Clients", "Enquiries", "\"Sent/\""})
    void a_folder_of_the_mailbox_keeps_its_name(String spelled) throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.command("RENAME " + spelled + " Elsewhere").completion())
                    .startsWith("NO [CANNOT]");
            assertThat(imap.ok("LIST \"\" *").text())
                    .doesNotContain("Elsewhere")
                    .contains("\"Clients/Alice\"");
        }
    }

    @Test
    void a_folder_that_the_therapist_made_can_be_renamed_and_deleted() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("RENAME " + folder + " " + folder + "-b");
            imap.ok("DELETE " + folder + "-b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "Clients", "*", "C%", "cli%"})
    void the_folder_of_clients_is_there_with_its_children(String pattern) throws Exception {
        try (RawImap imap = reader(server)) {
            String listed = imap.ok("LIST \"\" " + pattern).text();
            if (pattern.startsWith("cli")) {
                assertThat(listed)
                        .as("only INBOX is found however it is spelled")
                        .doesNotContain("Clients");
            } else {
                assertThat(listed).contains("(\\HasChildren) \"/\" \"Clients\"");
            }
        }
    }

    @Test
    void the_folder_of_clients_can_be_selected_and_takes_no_messages() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("SELECT Clients").text()).contains("* 0 EXISTS");
            assertThat(imap.withLiteral("APPEND Clients", LETTER, "").completion())
                    .startsWith("NO [CANNOT]");
            imap.append(folder, "", LETTER);
            imap.ok("SELECT " + folder);
            for (String command : List.of("COPY 1", "UID COPY 1", "MOVE 1", "UID MOVE 1:*")) {
                assertThat(imap.command(command + " \"Clients/\"").completion()).startsWith("NO [CANNOT]");
            }
            assertThat(imap.search("ALL")).containsExactly(1L);
            assertThat(imap.ok("STATUS Clients (MESSAGES)").text()).contains("(MESSAGES 0)");
        }
    }

    @Test
    void an_account_of_an_earlier_release_gets_the_folder_of_clients_at_the_next_start() throws Exception {
        Database database = server.part(Database.class);
        ServerKey key = server.part(ServerKey.class);
        database.sql()
                .deleteFrom(MAILBOX)
                .where(MAILBOX.NAME_MAC.eq(new Folders(key).mac("Clients")))
                .execute();
        database.sql().deleteFrom(SUBSCRIPTION).execute();
        new MissingFolders(database, key).make();
        new MissingFolders(database, key).make();
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("LIST \"\" %").text()).contains("(\\HasChildren) \"/\" \"Clients\"");
            assertThat(imap.ok("LSUB \"\" Clients").text()).contains("\"Clients\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID FETCH 1:* (FLAGS)",
                "UID FETCH 1:* (BODY[])",
                "UID FETCH 1 (FLAGS)",
                "FETCH 1:* (FLAGS)",
                "FETCH 1 (FLAGS)",
                "SEARCH FLAGGED",
                "UID SEARCH FLAGGED",
                "SEARCH RETURN (MIN MAX COUNT ALL) ALL",
                "UID STORE 1:* +FLAGS (\\Seen)",
                "STORE 1 +FLAGS (\\Seen)",
                "UID COPY 1:* Trash",
                "UID MOVE 1:* Trash",
                "UID EXPUNGE 1:*"
            })
    void a_number_above_the_last_exists_names_nothing(String command) throws Exception {
        for (TherapostServer where : List.of(server, beside)) {
            try (RawImap watching = reader(server);
                    RawImap other = reader(where)) {
                watching.ok("SELECT " + folder);
                int had = watching.search("ALL").size();
                other.append(folder, "\\Flagged \\Deleted", LETTER);
                Thread.sleep(where == server ? 100 : 600);
                long exists = had;
                for (RawImap.Line line : watching.command(command).untagged()) {
                    if (line.text().endsWith(" EXISTS")) {
                        exists = Long.parseLong(line.text().split(" ")[1]);
                    } else if (line.text().matches("\\* \\d+ FETCH .*")) {
                        assertThat(Long.parseLong(line.text().split(" ")[1])).isLessThanOrEqualTo(exists);
                    } else if (line.text().contains("SEARCH")) {
                        assertThat(line.text())
                                .as(command)
                                .doesNotContainPattern("(SEARCH|ALL|MIN|MAX|COUNT) [1-9].*" + (had + 1));
                    }
                }
                other.ok("SELECT " + folder);
                assertThat(other.search("UNSEEN FLAGGED DELETED"))
                        .as(command + " left it alone")
                        .contains(lastUid(other));
            }
        }
    }

    @Test
    void what_came_and_went_in_between_is_told_to_nobody_with_a_number_that_was_not() throws Exception {
        try (RawImap watching = reader(server);
                RawImap other = reader(server)) {
            watching.ok("SELECT " + folder);
            other.append(folder, "\\Deleted", LETTER);
            other.ok("SELECT " + folder);
            other.ok("EXPUNGE");
            other.append(folder, "", LETTER);
            long exists = 0;
            for (RawImap.Line line : watching.ok("NOOP").untagged()) {
                if (line.text().endsWith(" EXISTS")) {
                    exists = Long.parseLong(line.text().split(" ")[1]);
                } else if (line.text().endsWith(" EXPUNGE")) {
                    assertThat(Long.parseLong(line.text().split(" ")[1])).isLessThanOrEqualTo(exists--);
                }
            }
            assertThat(watching.search("ALL")).containsExactly(2L);
            assertThat(watching.ok("FETCH 1 UID").text()).contains("* 1 FETCH (UID 2)");
        }
    }

    @Test
    void what_is_offered_is_told_in_the_greeting_and_after_the_login() throws Exception {
        try (java.net.Socket socket = new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(),
                server.addresses().imap().getPort())) {
            byte[] greeting = new byte[4096];
            String text = new String(greeting, 0, socket.getInputStream().read(greeting), StandardCharsets.US_ASCII);
            assertThat(text).startsWith("* OK [CAPABILITY IMAP4rev1 ").contains("STARTTLS", "LOGINDISABLED");
            assertThat(text).doesNotContain("AUTH=PLAIN");
        }
        try (RawImap imap = RawImap.connect(new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(),
                server.addresses().imap().getPort()))) {
            imap.startTls();
            String completion =
                    imap.ok("LOGIN " + DR_BLOOM + " \"" + PASSWORD + "\"").completion();
            assertThat(completion).startsWith("OK [CAPABILITY IMAP4rev1 ").endsWith("] LOGIN completed.");
            assertThat(completion).doesNotContain("STARTTLS", "LOGINDISABLED");
            String[] told = completion
                    .substring(completion.indexOf("IMAP4rev1") + 10, completion.indexOf(']'))
                    .split(" ");
            assertThat(imap.ok("CAPABILITY").text()).contains(told);
        }
    }

    @Test
    void authenticate_goes_on_with_a_plus_and_a_space() throws Exception {
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            imap.send("a1 AUTHENTICATE PLAIN\r\n");
            assertThat(imap.rawLine()).isEqualTo("+ \r\n");
            imap.send(Base64.getEncoder()
                            .encodeToString(("\0" + DR_BLOOM + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8))
                    + "\r\n");
            assertThat(imap.line().text()).startsWith("a1 OK [CAPABILITY ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DR_BLOOM + ".",
                "BLOOM@practice.example",
                "bloom@practice.example..",
                "bloom@@practice.example",
                ".",
                "@",
                "bloom@",
                "bloom@-practice.example",
                "bl\u00f6\u00f6m@practice.example",
                "a@b@practice.example."
            })
    void whatever_a_login_looks_like_it_is_taken_or_refused_and_no_key_stays_open(String login) throws Exception {
        ReaderLogins readers = server.part(ReaderLogins.class);
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            byte[] plain = ("\0" + login + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8);
            String completion = imap.command(
                            "AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(plain))
                    .completion();
            assertThat(completion).matches("OK .*|NO AUTHENTICATE failed.*");
            if (login.equals(DR_BLOOM + ".") || login.startsWith("BLOOM")) {
                imap.ok("SELECT INBOX");
            }
        }
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            String completion = imap.withLiteral(
                            "LOGIN", login.getBytes(StandardCharsets.UTF_8), " \"" + PASSWORD + "\"")
                    .completion();
            assertThat(completion).matches("OK .*|NO LOGIN failed.*");
        }
        await().untilAsserted(() ->
                assertThat(readers.open()).as("keys that are open").isZero());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NIL",
                "(\"name\" NIL)",
                "(\"name\" \"x\" \"version\" NIL)",
                "(name nil)",
                "()",
                "(\"a\" {3+}\r\nabc \"b\" \"\")",
                "(\"name\" \"x\", \"version\" \"y\")"
            })
    void a_program_may_say_who_it_is_as_the_rfc_allows(String who) throws Exception {
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            imap.ok("ID " + who);
            imap.ok("ID ("
                    + ("\"" + "n".repeat(30) + "\" \"" + "v".repeat(1000) + "\" ")
                            .repeat(30)
                            .strip() + ")");
        }
    }

    @Test
    void several_patterns_and_any_spelling_of_inbox_are_listed() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("SUBSCRIBE INBOX");
            String both = imap.ok("LIST \"\" (INBOX \"Clients/%\" inbox Clients/Alice)")
                    .text();
            assertThat(both).contains("\"INBOX\"", "\"Clients/Alice\"");
            assertThat(both.lines().filter(line -> line.contains("\"INBOX\""))).hasSize(1);
            assertThat(both.lines().filter(line -> line.contains("Alice"))).hasSize(1);
            for (String spelled : List.of("inbox", "\"InBox\"", "inbox*", "(inbox)")) {
                assertThat(imap.ok("LIST \"\" " + spelled).text()).contains("\"INBOX\"");
                assertThat(imap.ok("LIST \"\" " + spelled + " RETURN (SUBSCRIBED CHILDREN)")
                                .text())
                        .contains("\\Subscribed", "\"INBOX\"");
            }
            assertThat(imap.ok("LSUB \"\" inbox").text()).contains("\"INBOX\"");
        }
    }

    @Test
    void a_parent_is_told_for_a_subscribed_child_that_is_not_told_itself() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("CREATE " + folder + "/inner");
            imap.ok("SUBSCRIBE " + folder + "/inner");
            assertThat(imap.ok("LIST (SUBSCRIBED RECURSIVEMATCH) \"\" " + folder + "%")
                            .text())
                    .contains("\"" + folder + "\" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
            assertThat(imap.ok("LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (" + folder + " " + folder + "/inner)")
                            .text())
                    .contains("\"" + folder + "/inner\"")
                    .doesNotContain("\"" + folder + "\"");
            assertThat(imap.command("LIST (RECURSIVEMATCH) \"\" %").completion())
                    .startsWith("BAD");
            assertThat(imap.ok("LIST (REMOTE) \"\" " + folder).text()).contains("\"" + folder + "\"");
        }
    }

    @Test
    void annotations_of_the_server_can_be_asked_for() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("GETMETADATA \"\" (/shared/comment)").completion())
                    .startsWith("OK");
            imap.ok("GETMETADATA \"\" /shared/admin");
            assertThat(imap.command("SETMETADATA \"\" (/shared/comment \"x\")").completion())
                    .startsWith("NO");
            imap.ok("SETMETADATA INBOX (/private/comment \"mine\")");
            assertThat(imap.ok("GETMETADATA INBOX /private/comment").text()).contains("mine");
        }
    }

    @Test
    void the_number_of_changes_is_never_zero_and_belongs_to_the_messages_returned() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("SELECT " + folder + " (CONDSTORE)").text()).doesNotContain("HIGHESTMODSEQ 0");
            long before = imap.ok("STATUS " + folder + " (HIGHESTMODSEQ)")
                    .with("STATUS")
                    .number("HIGHESTMODSEQ");
            assertThat(before).isPositive();
            for (int i = 0; i < 3; i++) {
                imap.append(folder, "", LETTER);
            }
            imap.ok("NOOP");
            assertThat(imap.ok("FETCH 1:* (FLAGS) (CHANGEDSINCE " + before + ")")
                            .fetched())
                    .hasSize(3);
            imap.ok("STORE 1 +FLAGS (\\Seen)");
            long first = modseq(imap, 1);
            long last = modseq(imap, 3);
            assertThat(first).isGreaterThan(last);
            assertThat(imap.ok("SEARCH RETURN (MAX) MODSEQ 1").text()).contains("MAX 3 MODSEQ " + last);
            assertThat(imap.ok("SEARCH RETURN (MIN) MODSEQ 1").text()).contains("MIN 1 MODSEQ " + first);
            assertThat(imap.ok("UID SEARCH RETURN (MAX) MODSEQ 1").text()).contains("MAX 3 MODSEQ " + last);
            assertThat(imap.ok("SEARCH RETURN (COUNT) MODSEQ 1").text()).contains("MODSEQ " + first);
        }
    }

    private static long modseq(RawImap imap, int number) throws Exception {
        String text = imap.ok("FETCH " + number + " MODSEQ").with("FETCH").text();
        return Long.parseLong(text.replaceAll(".*MODSEQ \\((\\d+)\\).*", "$1"));
    }

    private static long lastUid(RawImap imap) throws Exception {
        return imap.search("ALL").stream().mapToLong(uid -> uid).max().orElseThrow();
    }

    private static RawImap reader(TherapostServer at) throws Exception {
        return RawImap.connect(Tls.connect(at.addresses().imaps().getPort())).login(DR_BLOOM, PASSWORD);
    }
}
