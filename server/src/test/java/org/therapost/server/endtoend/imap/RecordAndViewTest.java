package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.endtoend.RawImap.quoted;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.james.events.SharedEventBus;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.Folders;

/** The record stays, whatever mail programs do to their view of it; and two servers on one database are one. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordAndViewTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private TherapostServer server;
    private TherapostServer beside;
    private Administrator administrator;
    private int clients;
    private String client;
    private String thread;
    private String folder;

    @BeforeAll
    void two_servers_on_one_database(@TempDir Path data, @TempDir Path otherData) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        beside = TestServer.beside(server, data, otherData);
        administrator = new Administrator(data.resolve("data"));
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @BeforeEach
    void a_client_with_three_messages() throws Exception {
        clients++;
        client = "alice" + clients + "@provider.example";
        thread = administrator.client(DR_BLOOM, client, "Alice " + clients);
        folder = "Clients/Alice " + clients;
        for (int week = 1; week <= 3; week++) {
            arrive("Week " + week);
        }
    }

    @AfterAll
    void both_stop() {
        beside.close();
        server.close();
    }

    @Test
    void what_was_expunged_and_moved_comes_back_in_order_and_only_once() throws Exception {
        try (RawImap imap = reader(server);
                RawImap waiting = reader(beside)) {
            imap.ok("SELECT " + quoted(folder));
            imap.ok("MOVE 1 Trash");
            imap.ok("STORE 1:* +FLAGS (\\Deleted)");
            imap.ok("EXPUNGE");
            waiting.ok("SELECT " + quoted(folder));
            waiting.idle();
            assertThat(administrator.messages(thread)).isEqualTo(3);

            assertThat(administrator.restore(thread)).isEqualTo(3);
            assertThat(administrator.restore(thread)).isZero();

            next(waiting, "3 EXISTS");
            waiting.done();
            List<RawImap.Line> back = waiting.ok("FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
                    .fetched();
            assertThat(back).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(new String(back.get(i).literal(), StandardCharsets.US_ASCII))
                        .contains("Week " + (i + 1));
                assertThat(back.get(i).number("UID")).isEqualTo(4 + i);
            }
        }
    }

    @Test
    void only_what_is_missing_comes_back() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("SELECT " + quoted(folder));
            imap.ok("STORE 2 +FLAGS (\\Deleted)");
            imap.ok("EXPUNGE");
            assertThat(administrator.restore(thread)).isEqualTo(1);
            imap.ok("NOOP");
            assertThat(imap.search("ALL")).containsExactly(1L, 3L, 4L);
        }
    }

    @Test
    void a_folder_that_is_gone_is_made_again() throws Exception {
        try (RawImap imap = reader(server)) {
            // No program can delete it; what is missing after an old backup of the table of folders was brought back is
            // made again.
            server.part(Database.class)
                    .sql()
                    .deleteFrom(MAILBOX)
                    .where(MAILBOX.NAME_MAC.eq(new Folders(server.part(ServerKey.class)).mac(folder)))
                    .execute();
            assertThat(administrator.restore(thread)).isEqualTo(3);
            assertThat(imap.ok("LSUB \"\" \"*\"").text()).contains(folder);
            assertThat(imap.ok("STATUS " + quoted(folder) + " (MESSAGES)").text())
                    .contains("MESSAGES 3");
        }
    }

    @Test
    void nobody_changes_or_deletes_what_is_in_the_record() throws Exception {
        DSLContext sql = server.part(Database.class).sql();
        assertThatThrownBy(() -> sql.update(MESSAGE).set(MESSAGE.SIZE, 1).execute())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> sql.transaction(transaction -> {
                    transaction.dsl().deleteFrom(MAILBOX_MESSAGE).execute();
                    transaction.dsl().deleteFrom(MESSAGE_KEY).execute();
                }))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> sql.update(MESSAGE_KEY)
                        .set(MESSAGE_KEY.KEY_PACKETS, new byte[1])
                        .execute())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> sql.transaction(transaction -> {
                    transaction.dsl().deleteFrom(MAILBOX_MESSAGE).execute();
                    transaction.dsl().deleteFrom(MESSAGE).execute();
                }))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> sql.execute("truncate message cascade")).isInstanceOf(DataAccessException.class);
        assertThat(administrator.messages(thread)).isEqualTo(3);
        assertThat(sql.fetchCount(MESSAGE)).isEqualTo(sql.fetchCount(MESSAGE_KEY));
    }

    @Test
    void what_a_mail_program_stored_for_itself_goes_with_its_last_view() throws Exception {
        DSLContext sql = server.part(Database.class).sql();
        int before = sql.fetchCount(MESSAGE);
        try (RawImap imap = reader(server)) {
            imap.ok("CREATE Thoughts");
            imap.append(
                    "Thoughts", "\\Draft", "Subject: a thought\r\n\r\nnot yet\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(sql.fetchCount(MESSAGE)).isEqualTo(before + 1);
            imap.ok("SELECT Thoughts");
            imap.ok("STORE 1:* +FLAGS.SILENT (\\Deleted)");
            imap.ok("EXPUNGE");
        }
        assertThat(sql.fetchCount(MESSAGE)).isEqualTo(before);
    }

    @Test
    void a_program_that_waits_on_one_server_hears_at_once_what_happens_on_the_other() throws Exception {
        try (RawImap acting = reader(server);
                RawImap waiting = reader(beside)) {
            acting.ok("SELECT " + quoted(folder));
            waiting.ok("SELECT " + quoted(folder));
            waiting.idle();
            arrive("Week 4");
            next(waiting, "4 EXISTS");
            acting.ok("NOOP");
            acting.ok("STORE 2 +FLAGS (\\Flagged)");
            assertThat(next(waiting, "2 FETCH")).contains("\\Flagged");
            acting.ok("STORE 2 -FLAGS (\\Flagged)");
            assertThat(next(waiting, "2 FETCH")).doesNotContain("\\Flagged");
            acting.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            acting.ok("EXPUNGE");
            next(waiting, "1 EXPUNGE");
            waiting.done();
            assertThat(waiting.search("ALL")).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void a_mail_that_was_told_of_beside_another_answer_is_told_of_again_when_the_program_waits() throws Exception {
        try (RawImap waiting = reader(server)) {
            waiting.ok("SELECT " + quoted(folder));
            arrive("Week 4");
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> waiting.ok("UID FETCH 1 (FLAGS)").text().contains("4 EXISTS"));
            // Thunderbird has not looked at it, since it had asked for something else.
            waiting.idle();
            next(waiting, "4 EXISTS");
            waiting.done();
            waiting.idle();
            assertThat(waiting.done().text()).doesNotContain("EXISTS");
        }
    }

    @Test
    void what_nobody_could_hear_is_told_once_the_connection_to_the_database_is_back() throws Exception {
        try (RawImap waiting = reader(beside)) {
            waiting.ok("SELECT " + quoted(folder));
            waiting.idle();
            changeUntold();
            server.part(Database.class)
                    .sql()
                    .fetch("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = 'therapost mail queue'");
            next(waiting, "4 EXISTS");
            assertThat(next(waiting, "2 FETCH")).contains("\\Flagged");
            next(waiting, "1 EXPUNGE");
            waiting.done();
            assertThat(waiting.search("ALL")).containsExactly(2L, 3L, 4L);
        }
    }

    /** As a process does that dies before it has told the others: adds message 4, flags 2, takes 1 away. */
    private void changeUntold() {
        server.part(Database.class).sql().transaction(transaction -> {
            DSLContext on = transaction.dsl();
            UUID id = on.fetchSingle(
                            "update mailbox set last_uid = last_uid + 1, highest_modseq = highest_modseq + 3"
                                    + " where id = (select mailbox_id from thread where address = {0}) returning id",
                            DSL.val(thread))
                    .get(0, UUID.class);
            on.execute(
                    "insert into mailbox_message (mailbox_id, uid, message_id, modseq, internal_date, flags,"
                            + " user_flags, conversation) select mailbox_id, 4, message_id, modseq + 1000, internal_date,"
                            + " flags, user_flags, conversation from mailbox_message where mailbox_id = {0} and uid = 1",
                    DSL.val(id));
            on.execute(
                    "update mailbox_message set flags = flags | 8, modseq = modseq + 1001"
                            + " where mailbox_id = {0} and uid = 2",
                    DSL.val(id));
            on.execute("delete from mailbox_message where mailbox_id = {0} and uid = 1", DSL.val(id));
            on.execute("update mailbox set highest_modseq = highest_modseq + 2000 where id = {0}", DSL.val(id));
        });
    }

    @Test
    void a_folder_that_is_selected_again_is_looked_at_again() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("SELECT " + quoted(folder));
            changeUntold();
            imap.ok("SELECT " + quoted(folder)).with("* 3 EXISTS");
            assertThat(imap.ok("UID FETCH 1:* (UID)").fetched())
                    .extracting(line -> line.number("UID"))
                    .containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void a_folder_that_was_closed_is_listened_to_no_more() throws Exception {
        SharedEventBus events = server.part(SharedEventBus.class);
        try (RawImap imap = reader(server)) {
            int before = events.listeners();
            for (String close : List.of("CLOSE", "UNSELECT", "EXAMINE INBOX", "SELECT " + quoted(folder))) {
                imap.ok("SELECT " + quoted(folder));
                assertThat(events.listeners()).isEqualTo(before + 1);
                imap.ok(close);
            }
            assertThat(events.listeners()).isEqualTo(before + 1);
            imap.ok("CLOSE");
            assertThat(events.listeners()).isEqualTo(before);
        }
    }

    @Test
    void a_session_ends_when_its_folder_was_deleted_on_the_other_server() throws Exception {
        try (RawImap acting = reader(server);
                RawImap reading = reader(beside)) {
            acting.ok("CREATE Short-lived");
            reading.ok("SELECT Short-lived");
            acting.ok("DELETE Short-lived");
            String heard = "";
            while (!heard.contains("BYE")) {
                reading.send("x NOOP\r\n");
                heard = reading.line().text();
            }
            assertThat(heard).isEqualTo("* BYE Selected mailbox has been deleted");
        }
    }

    @Test
    void over_quota_mail_programs_may_add_nothing_but_clients_mail_is_filed() throws Exception {
        byte[] draft = "Subject: a thought\r\n\r\nnot yet\r\n".getBytes(StandardCharsets.US_ASCII);
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("GETQUOTAROOT INBOX").text())
                    .contains("* QUOTAROOT")
                    .doesNotContain("* QUOTA #");
            administrator.quota(DR_BLOOM, Map.of("octets", "1024"));
            assertThat(imap.ok("GETQUOTAROOT INBOX").text()).containsPattern("STORAGE \\d+ 1\\)");
            assertThat(imap.withLiteral("APPEND Drafts ()", draft, "").completion())
                    .startsWith("NO [OVERQUOTA]");
            imap.ok("SELECT " + quoted(folder));
            assertThat(imap.command("COPY 1 Trash").completion()).startsWith("NO [OVERQUOTA]");
            arrive("Week 4, and the folders are full");
            assertThat(administrator.messages(thread)).isEqualTo(4);
        } finally {
            administrator.quota(DR_BLOOM, Map.of("octets", "default"));
        }
        try (RawImap imap = reader(server)) {
            assertThat(imap.withLiteral("APPEND Drafts ()", draft, "").completion())
                    .startsWith("OK");
        }
    }

    @Test
    void the_extensions_that_normal_programs_use_are_announced_and_no_others_are() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("CAPABILITY").text().split("\\s+"))
                    .contains(
                            "IDLE",
                            "UIDPLUS",
                            "MOVE",
                            "CONDSTORE",
                            "QRESYNC",
                            "NAMESPACE",
                            "QUOTA",
                            "QUOTA=RES-STORAGE",
                            "QUOTA=RES-MESSAGE",
                            "SPECIAL-USE",
                            "ID",
                            "LITERAL+",
                            "UNSELECT",
                            "ENABLE",
                            "LIST-EXTENDED")
                    .doesNotContain("ACL", "COMPRESS=DEFLATE", "XLIST", "QUOTASET", "LOGINDISABLED");
            assertThat(imap.ok("ID (\"name\" \"Thunderbird\")").text()).contains("* ID NIL");
            assertThat(imap.ok("NAMESPACE").text()).contains("* NAMESPACE ((\"\" \"/\")) NIL NIL");
        }
    }

    @Test
    void the_folders_for_sent_mail_drafts_and_trash_say_what_they_are_for() throws Exception {
        try (RawImap imap = reader(server)) {
            for (String list : new String[] {
                "LIST \"\" \"*\" RETURN (SPECIAL-USE)",
                "LIST (SPECIAL-USE) \"\" \"*\"",
                "LIST (SPECIAL-USE) \"\" \"*\" RETURN (SUBSCRIBED)"
            }) {
                RawImap.Answer answer = imap.ok(list);
                assertThat(answer.with("\"Sent\"").text()).as(list).contains("\\Sent");
                assertThat(answer.with("\"Drafts\"").text()).as(list).contains("\\Drafts");
                assertThat(answer.with("\"Trash\"").text()).as(list).contains("\\Trash");
            }
            assertThat(imap.ok("LIST (SPECIAL-USE) \"\" \"*\"").text()).doesNotContain("Enquiries");
            assertThat(imap.ok("LSUB \"\" \"*\"").text()).contains("Sent", "Drafts", "Trash", "Enquiries", folder);
        }
    }

    @Test
    void uids_are_told_of_what_was_copied_and_of_nothing_else() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("SELECT " + quoted(folder));
            imap.ok("UID MOVE 1 Trash");
            // Numbers, open ranges and UIDs that are not there are no names of messages.
            assertThat(imap.ok("COPY 1:2 Trash").completion()).containsPattern("\\[COPYUID \\d+ 2:3 \\d+:\\d+\\]");
            assertThat(imap.ok("COPY 2 Trash").completion()).containsPattern("\\[COPYUID \\d+ 3 \\d+\\]");
            assertThat(imap.ok("UID COPY 2:* Trash").completion()).containsPattern("\\[COPYUID \\d+ 2:3 \\d+:\\d+\\]");
            assertThat(imap.ok("UID COPY 99:* Trash").completion()).containsPattern("\\[COPYUID \\d+ 3 \\d+\\]");
            assertThat(imap.ok("UID COPY 1,3,98:99 Trash").completion()).containsPattern("\\[COPYUID \\d+ 3 \\d+\\]");
            assertThat(imap.ok("UID COPY 1 Trash").completion()).doesNotContain("COPYUID");
            assertThat(imap.ok("UID MOVE 99 Trash").text()).doesNotContain("COPYUID");
        }
    }

    @Test
    void the_uid_of_each_copy_belongs_to_its_original() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("SELECT " + quoted(folder));
            Matcher told = Pattern.compile("COPYUID \\d+ (\\d)[,:](\\d) (\\d+):(\\d+)\\]")
                    .matcher(imap.ok("UID MOVE 3,1 Trash").text());
            assertThat(told.find()).isTrue();
            imap.ok("SELECT Trash");
            for (int i = 1; i <= 2; i++) {
                assertThat(new String(
                                imap.ok("UID FETCH " + told.group(i + 2) + " BODY.PEEK[HEADER.FIELDS (SUBJECT)]")
                                        .fetched()
                                        .get(0)
                                        .literal(),
                                StandardCharsets.US_ASCII))
                        .contains("Week " + told.group(i));
            }
        }
    }

    @Test
    void uids_are_told_after_append_copy_and_move() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.append("Drafts", "\\Draft", "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII))
                            .completion())
                    .matches("OK \\[APPENDUID \\d+ \\d+\\].*");
            imap.ok("SELECT " + quoted(folder));
            assertThat(imap.ok("UID COPY 2 Trash").completion()).matches("OK \\[COPYUID \\d+ 2 \\d+\\].*");
            assertThat(imap.ok("UID MOVE 2 Trash").text()).containsPattern("\\[COPYUID \\d+ 2 \\d+\\]");
            imap.ok("STORE 1:2 +FLAGS.SILENT (\\Deleted)");
            imap.ok("UID EXPUNGE 3");
            assertThat(imap.search("ALL")).containsExactly(1L);
            imap.ok("UNSELECT");
            assertThat(imap.command("FETCH 1 FLAGS").completion()).doesNotStartWith("OK");
        }
    }

    @Test
    void a_program_that_comes_back_is_told_only_what_has_changed() throws Exception {
        try (RawImap imap = reader(server)) {
            assertThat(imap.ok("ENABLE QRESYNC").text()).contains("QRESYNC");
            arrive("Week 4");
            // To be recent no more is a change too.
            imap.ok("SELECT " + quoted(folder));
            imap.ok("UNSELECT");
            RawImap.Answer selected = imap.ok("SELECT " + quoted(folder));
            long validity = selected.with("UIDVALIDITY").number("UIDVALIDITY");
            long modseq = selected.with("HIGHESTMODSEQ").number("HIGHESTMODSEQ");
            imap.ok("UID STORE 1,4 +FLAGS.SILENT (\\Deleted)");
            imap.ok("EXPUNGE");
            imap.ok("UID STORE 3 +FLAGS (\\Answered)");
            imap.ok("UNSELECT");
            RawImap.Answer news = imap.ok("SELECT " + quoted(folder) + " (QRESYNC (" + validity + " " + modseq + "))");
            assertThat(news.with("VANISHED").text()).isEqualTo("* VANISHED (EARLIER) 1,4");
            assertThat(news.fetched()).hasSize(1);
            assertThat(news.fetched().get(0).text()).contains("UID 3", "\\Answered");
            assertThat(news.completion()).startsWith("OK [READ-WRITE]");
            imap.ok("UNSELECT");
            assertThat(imap.ok("SELECT " + quoted(folder) + " (QRESYNC (" + (validity + 1) + " " + modseq + "))")
                            .text())
                    .doesNotContain("VANISHED", "FETCH");
            assertThat(imap.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE " + modseq + ")")
                            .fetched())
                    .hasSize(1);
        }
    }

    @Test
    void a_fetch_tells_of_all_that_is_gone_and_an_empty_folder_is_no_mistake() throws Exception {
        try (RawImap imap = reader(server)) {
            imap.ok("ENABLE QRESYNC");
            imap.ok("SELECT " + quoted(folder));
            imap.ok("UID STORE 1,3 +FLAGS.SILENT (\\Deleted)");
            imap.ok("EXPUNGE");
            for (String asked : List.of("1:3", "1:*", "1:4294967295")) {
                assertThat(imap.ok("UID FETCH " + asked + " (FLAGS) (CHANGEDSINCE 1 VANISHED)")
                                .with("VANISHED")
                                .text())
                        .isEqualTo("* VANISHED (EARLIER) 1,3");
            }
            imap.ok("UID STORE 2 +FLAGS.SILENT (\\Deleted)");
            imap.ok("EXPUNGE");
            assertThat(imap.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)")
                            .with("VANISHED")
                            .text())
                    .isEqualTo("* VANISHED (EARLIER) 1:3");
            assertThat(imap.ok("UID FETCH 1:* (FLAGS)").fetched()).isEmpty();
            imap.ok("UID STORE 2 +FLAGS (\\Seen)");
        }
    }

    private void arrive(String subject) throws IOException {
        String mail = "From: Alice <" + client + ">\r\nTo: " + thread + "\r\nSubject: " + subject
                + "\r\nMessage-ID: <" + subject.hashCode() + "." + clients + "@provider.example>\r\n\r\n" + subject
                + "\r\n";
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                InetAddress.getLoopbackAddress(), server.addresses().smtp().getPort()))) {
            smtp.expect("250", "EHLO mx.provider.example");
            assertThat(smtp.mail(client, thread, mail)).startsWith("250 ");
        }
    }

    private static RawImap reader(TherapostServer server) throws IOException {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    private static String next(RawImap imap, String word) throws IOException {
        String line;
        do {
            line = imap.line().text();
        } while (!line.contains(word));
        return line;
    }
}
