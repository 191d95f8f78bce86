package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.endtoend.RawImap.quoted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** The way of a normal mail program through the mailbox, on the wire. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailboxProtocolTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String DR_KLEE = "klee@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private ServerProcess server;
    private int clients;
    private String client;
    private String thread;
    private String clientFolder;

    @BeforeAll
    void a_practice_with_two_therapists(@TempDir Path folder) throws Exception {
        server = new ServerProcess(folder, Map.of("inbound.trusted-networks", "127.0.0.1")).start();
        Administrator administrator = server.administrator();
        administrator.practice("practice.example");
        administrator.therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        byte[] certificate = new BouncyCastleKeys(Clock.systemUTC())
                .generate("Dr Klee <" + DR_KLEE + ">")
                .certificate()
                .encoded();
        administrator.therapist(DR_KLEE, "Dr Klee", PASSWORD, certificate);
    }

    @BeforeEach
    void a_client_of_dr_bloom() throws Exception {
        clients++;
        client = "alice" + clients + "@provider.example";
        thread = server.administrator().client(DR_BLOOM, client, "Alice " + clients);
        clientFolder = "Clients/Alice " + clients;
    }

    @AfterAll
    void the_server_stops() throws Exception {
        server.close();
    }

    @Test
    void a_password_is_not_taken_before_tls() throws Exception {
        try (RawImap imap = server.imap()) {
            assertThat(imap.ok("CAPABILITY").text()).contains("LOGINDISABLED", "STARTTLS");
            assertThat(imap.command("LOGIN " + DR_BLOOM + " " + quoted(PASSWORD))
                            .completion())
                    .doesNotStartWith("OK");
            assertThat(imap.command("AUTHENTICATE PLAIN").completion()).doesNotStartWith("OK");
            assertThat(imap.command("AUTHENTICATE PLAIN AGJsb29tAHg=").completion())
                    .doesNotStartWith("OK");
            imap.startTls();
            assertThat(imap.ok("CAPABILITY").text()).doesNotContain("LOGINDISABLED");
            imap.login(DR_BLOOM, PASSWORD);
            imap.ok("SELECT INBOX");
        }
    }

    @Test
    void a_wrong_password_opens_nothing() throws Exception {
        try (RawImap imap = server.imaps()) {
            assertThat(imap.command("LOGIN " + DR_BLOOM + " wrong").completion())
                    .startsWith("NO");
            assertThat(imap.command("SELECT INBOX").completion()).doesNotStartWith("OK");
            assertThat(server.administrator().metrics()).contains("therapost_logins_total{result=\"wrong\"}");
        }
    }

    @Test
    void the_folders_of_a_therapist_are_listed_and_subscribed() throws Exception {
        try (RawImap imap = reader()) {
            String listed = imap.ok("LIST \"\" \"*\"").text();
            assertThat(listed).contains("INBOX", "Enquiries", "Drafts", "Sent", "Trash", clientFolder);
            assertThat(imap.ok("LSUB \"\" \"*\"").text()).contains("INBOX", clientFolder);
            assertThat(imap.ok("LIST \"\" \"Clients/%\"").text()).contains(clientFolder);
            imap.ok("UNSUBSCRIBE " + quoted(clientFolder));
            assertThat(imap.ok("LSUB \"\" \"*\"").text()).doesNotContain(clientFolder + "\"");
        }
    }

    @Test
    void what_arrives_is_in_the_inbox_and_in_the_folder_of_the_client_octet_for_octet() throws Exception {
        byte[] mail = withAttachment("The first week");
        arrive(mail);
        try (RawImap imap = reader()) {
            for (String folder : new String[] {"INBOX", clientFolder}) {
                imap.ok("SELECT " + quoted(folder));
                long uid = imap.search("HEADER Message-ID " + messageId("The first week"))
                        .get(0);
                RawImap.Line all = imap.ok("UID FETCH " + uid + " (FLAGS RFC822.SIZE BODY.PEEK[])")
                        .with("FETCH");
                assertThat(all.literal()).isEqualTo(mail);
                assertThat(all.number("RFC822.SIZE")).isEqualTo(mail.length);
                assertThat(all.text()).doesNotContain("\\Seen");
            }
        }
    }

    @Test
    void envelope_structure_and_parts_agree_with_the_octets_served() throws Exception {
        byte[] mail = withAttachment("Parts");
        arrive(mail);
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted(clientFolder));
            String envelope = imap.ok("FETCH 1 ENVELOPE").with("ENVELOPE").text();
            assertThat(envelope).contains("\"Parts\"", "\"provider.example\"", messageId("Parts"));
            String structure = imap.ok("FETCH 1 BODYSTRUCTURE")
                    .with("BODYSTRUCTURE")
                    .text()
                    .toUpperCase(java.util.Locale.ROOT);
            byte[] text = fetch(imap, "BODY.PEEK[1]");
            byte[] attachment = fetch(imap, "BODY.PEEK[2]");
            assertThat(new String(text, StandardCharsets.UTF_8)).startsWith("Grüße von Alice");
            assertThat(structure)
                    .contains("\"TEXT\" \"PLAIN\"", "\"8BIT\" " + text.length + " " + lines(text))
                    .contains("\"BASE64\" " + attachment.length, "\"MIXED\"", "NOTES.BIN");
            byte[] header = fetch(imap, "BODY.PEEK[HEADER]");
            byte[] rest = fetch(imap, "BODY.PEEK[TEXT]");
            assertThat(join(header, rest)).isEqualTo(mail);
            String fields =
                    new String(fetch(imap, "BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]"), StandardCharsets.ISO_8859_1);
            assertThat(fields).contains("Subject: Parts\r\n", "From: ").endsWith("\r\n\r\n");
            assertThat(fetch(imap, "BODY.PEEK[]<10.100>")).isEqualTo(Arrays.copyOfRange(mail, 10, 110));
            assertThat(fetch(imap, "BODY.PEEK[2]<0.4>")).isEqualTo(Arrays.copyOf(attachment, 4));
            assertThat(new String(fetch(imap, "BODY.PEEK[2.MIME]"), StandardCharsets.UTF_8))
                    .contains("notes.bin");
        }
    }

    @Test
    void search_finds_flags_dates_and_words() throws Exception {
        arrive(plain("Sleep", "I dreamt of a lighthouse."));
        arrive(plain("Work", "The office was quiet."));
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted(clientFolder));
            assertThat(imap.search("UNSEEN")).hasSize(2);
            assertThat(imap.search("SUBJECT sleep")).hasSize(1);
            assertThat(imap.search("TEXT lighthouse")).isEqualTo(imap.search("SUBJECT Sleep"));
            assertThat(imap.search("BODY office")).isEqualTo(imap.search("SUBJECT Work"));
            assertThat(imap.search("FROM " + client)).hasSize(2);
            assertThat(imap.search("SINCE 1-Jan-2020 BEFORE 1-Jan-2200")).hasSize(2);
            assertThat(imap.search("BEFORE 1-Jan-2020")).isEmpty();
            assertThat(imap.search("NOT TEXT lighthouse")).isEqualTo(imap.search("SUBJECT Work"));
            assertThat(imap.search("LARGER 100000")).isEmpty();
        }
    }

    @Test
    void flags_and_keywords_stay() throws Exception {
        arrive(plain("Flags", "Words."));
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted(clientFolder));
            assertThat(imap.ok("STORE 1 +FLAGS (\\Flagged $Later)").text()).contains("\\Flagged", "$Later");
            imap.ok("FETCH 1 BODY[TEXT]");
        }
        try (RawImap imap = reader()) {
            assertThat(imap.ok("SELECT " + quoted(clientFolder)).text()).contains("$Later");
            assertThat(imap.ok("FETCH 1 FLAGS").with("FLAGS").text()).contains("\\Flagged", "$Later", "\\Seen");
            assertThat(imap.search("KEYWORD $Later FLAGGED")).hasSize(1);
            imap.ok("STORE 1 -FLAGS.SILENT ($Later)");
            assertThat(imap.search("KEYWORD $Later")).isEmpty();
            assertThat(imap.search("UNKEYWORD $Later SEEN")).hasSize(1);
        }
    }

    @Test
    void copied_moved_and_expunged_messages_stay_in_the_record() throws Exception {
        byte[] mail = plain("Keepsake", "Kept for good.");
        arrive(mail);
        try (RawImap imap = reader()) {
            imap.ok("CREATE Keep" + clients);
            imap.ok("SELECT " + quoted(clientFolder));
            assertThat(imap.ok("COPY 1 Keep" + clients).completion()).contains("COPYUID");
            imap.ok("MOVE 1 Trash");
            assertThat(imap.search("ALL")).isEmpty();
            imap.ok("SELECT Trash");
            long uid = imap.search("SUBJECT Keepsake").get(0);
            assertThat(imap.ok("UID FETCH " + uid + " BODY[]").with("FETCH").literal())
                    .isEqualTo(mail);
            imap.ok("UID STORE " + uid + " +FLAGS (\\Deleted)");
            assertThat(imap.ok("EXPUNGE").text()).contains("EXPUNGE");
            assertThat(imap.search("SUBJECT Keepsake")).isEmpty();
            imap.ok("SELECT Keep" + clients);
            assertThat(fetch(imap, "BODY.PEEK[]")).isEqualTo(mail);
            imap.ok("STORE 1 +FLAGS (\\Deleted)");
            imap.ok("CLOSE");
            imap.ok("DELETE Keep" + clients);
        }
        assertThat(server.administrator().messages(thread)).isEqualTo(1);
        assertThat(count("select count(*) from message m join thread t on t.id = m.thread_id where t.address = '"
                        + thread + "'"))
                .isEqualTo(1);
    }

    @Test
    void what_became_of_copied_and_moved_messages_is_told_by_their_uids() throws Exception {
        String from = "From" + clients;
        String to = "To" + clients;
        try (RawImap imap = reader()) {
            imap.ok("CREATE " + from);
            imap.ok("CREATE " + to);
            for (int i = 0; i < 6; i++) {
                imap.append(from, "", plain("Number " + i, "Words."));
            }
            imap.ok("SELECT " + from);
            imap.ok("UID STORE 1,4 +FLAGS.SILENT (\\Deleted)");
            imap.ok("EXPUNGE");
            assertThat(imap.ok("COPY 1:* " + to).completion()).matches("OK \\[COPYUID \\d+ 2:3,5:6 1:4\\] .*");
            assertThat(imap.ok("UID COPY 1:5 " + to).completion()).matches("OK \\[COPYUID \\d+ 2:3,5 5:7\\] .*");
            assertThat(imap.ok("MOVE 1 " + to).text()).containsPattern("OK \\[COPYUID \\d+ 2 8\\] ");
            assertThat(imap.ok("UID MOVE 6,3 " + to).text()).containsPattern("OK \\[COPYUID \\d+ 3,6 9:10\\] ");
            assertThat(imap.ok("UID COPY 99 " + to).completion()).doesNotContain("COPYUID");
        }
    }

    @Test
    void a_store_that_came_too_late_names_its_messages() throws Exception {
        arrive(plain("Late", "Words."));
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted(clientFolder));
            imap.ok("STORE 1 +FLAGS (\\Flagged)");
            assertThat(imap.ok("STORE 1 (UNCHANGEDSINCE 1) +FLAGS (\\Answered)").completion())
                    .startsWith("OK [MODIFIED 1] ");
            long uid = imap.search("ALL").get(0);
            assertThat(imap.ok("UID STORE 1:* (UNCHANGEDSINCE 1) +FLAGS (\\Answered)")
                            .completion())
                    .startsWith("OK [MODIFIED " + uid + "] ");
        }
    }

    @Test
    void a_keyword_is_announced_before_a_message_has_it() throws Exception {
        String folder = "Tagged" + clients;
        try (RawImap desk = reader();
                RawImap phone = reader()) {
            desk.ok("CREATE " + folder);
            desk.ok("SELECT " + folder);
            phone.append(folder, "\\Seen $Sad", plain("Tagged", "Words."));
            desk.ok("NOOP");
            String fetched = desk.ok("FETCH 1 FLAGS").text();
            assertThat(fetched).containsSubsequence("* FLAGS (", "$Sad", "* 1 FETCH (", "$Sad");
            assertThat(desk.ok("FETCH 1 FLAGS").text()).doesNotContain("* FLAGS");
        }
    }

    @Test
    void of_the_messages_that_are_gone_none_is_recent() throws Exception {
        String folder = "Recent" + clients;
        try (RawImap desk = reader();
                RawImap phone = reader()) {
            desk.ok("CREATE " + folder);
            desk.ok("SELECT " + folder);
            for (int i = 0; i < 3; i++) {
                phone.append(folder, "", plain("Number " + i, "Words."));
            }
            assertThat(desk.ok("NOOP").text()).contains("* 3 EXISTS", "* 3 RECENT");
            desk.ok("STORE 1:2 +FLAGS.SILENT (\\Deleted)");
            desk.ok("EXPUNGE");
            phone.append(folder, "", plain("Another", "Words."));
            assertThat(desk.ok("NOOP").text()).contains("* 2 EXISTS", "* 2 RECENT");
        }
    }

    @Test
    void what_is_not_there_is_not_replaced_by_anything() throws Exception {
        String folder = "Replaced" + clients;
        byte[] draft = plain("Draft", "Second words.");
        try (RawImap imap = reader()) {
            imap.ok("CREATE " + folder);
            imap.append(folder, "", plain("Draft", "First words."));
            imap.ok("SELECT " + folder);
            assertThat(imap.withLiteral("REPLACE 2 " + folder, draft, "").completion())
                    .startsWith("NO");
            assertThat(imap.withLiteral("UID REPLACE 77 " + folder, draft, "").completion())
                    .startsWith("NO");
            assertThat(imap.search("ALL")).containsExactly(1L);
            assertThat(imap.withLiteral("REPLACE 1 " + folder, draft, "").completion())
                    .startsWith("OK");
            assertThat(imap.search("ALL")).containsExactly(2L);
        }
    }

    @Test
    void folders_are_made_renamed_and_deleted() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("CREATE Ideas");
            assertThat(imap.command("CREATE Ideas").completion()).startsWith("NO");
            imap.ok("CREATE Ideas/Autumn");
            imap.append("Ideas/Autumn", "\\Seen", plain("Leaf", "Red."));
            imap.ok("RENAME Ideas Thoughts");
            assertThat(imap.ok("LIST \"\" \"*\"").text())
                    .contains("Thoughts/Autumn")
                    .doesNotContain("Ideas");
            assertThat(imap.ok("STATUS Thoughts/Autumn (MESSAGES UIDNEXT UNSEEN)")
                            .text())
                    .contains("MESSAGES 1", "UNSEEN 0");
            imap.ok("DELETE Thoughts/Autumn");
            imap.ok("DELETE Thoughts");
            assertThat(imap.ok("LIST \"\" \"*\"").text()).doesNotContain("Thoughts");
        }
    }

    @Test
    void drafts_and_sent_copies_come_back_octet_for_octet() throws Exception {
        byte[] draft = plain("Draft " + clients, "Dear Alice,\r\n.\r\n..dots and =20 stay as they are");
        try (RawImap imap = reader()) {
            assertThat(imap.append("Drafts", "\\Draft \\Seen", draft).completion())
                    .contains("APPENDUID");
            imap.append("Sent", "\\Seen", draft);
            for (String folder : new String[] {"Drafts", "Sent"}) {
                imap.ok("SELECT " + folder);
                long uid = imap.search("SUBJECT " + quoted("Draft " + clients)).get(0);
                RawImap.Line line = imap.ok("UID FETCH " + uid + " (FLAGS RFC822.SIZE BODY[])")
                        .with("FETCH");
                assertThat(line.literal()).isEqualTo(draft);
                assertThat(line.number("RFC822.SIZE")).isEqualTo(draft.length);
                assertThat(line.text()).contains("\\Seen");
            }
        }
    }

    @Test
    void an_idle_mail_program_hears_of_new_mail_and_of_changes_elsewhere() throws Exception {
        try (RawImap idle = reader();
                RawImap other = reader()) {
            idle.ok("SELECT " + quoted(clientFolder));
            other.ok("SELECT " + quoted(clientFolder));
            idle.idle();
            arrive(plain("Now", "Are you there?"));
            assertThat(next(idle, "EXISTS")).isEqualTo("* 1 EXISTS");
            other.ok("NOOP");
            other.ok("STORE 1 +FLAGS (\\Flagged)");
            assertThat(next(idle, "FETCH")).contains("\\Flagged");
            other.ok("STORE 1 +FLAGS (\\Deleted)");
            other.ok("EXPUNGE");
            assertThat(next(idle, "EXPUNGE")).isEqualTo("* 1 EXPUNGE");
            assertThat(idle.done().completion()).startsWith("OK");
        }
    }

    @Test
    void one_account_reads_twice_at_once_and_the_last_to_leave_locks_up() throws Exception {
        byte[] mail = plain("Twice", "Read on a phone and on a desk.");
        arrive(mail);
        try (RawImap desk = reader()) {
            try (RawImap phone = reader()) {
                phone.ok("SELECT " + quoted(clientFolder));
                desk.ok("SELECT " + quoted(clientFolder));
                phone.ok("STORE 1 +FLAGS (\\Answered)");
                assertThat(desk.ok("NOOP").text()).contains("\\Answered");
                phone.ok("LOGOUT");
            }
            assertThat(fetch(desk, "BODY.PEEK[]")).isEqualTo(mail);
        }
        try (RawImap again = reader()) {
            again.ok("SELECT " + quoted(clientFolder));
            assertThat(fetch(again, "BODY.PEEK[]")).isEqualTo(mail);
        }
    }

    @Test
    void a_therapist_who_keeps_the_key_is_served_pgp_mime_whose_size_fits() throws Exception {
        String theirs = server.administrator().client(DR_KLEE, client, "Alice");
        byte[] mail = plain("Sealed", "For Dr Klee's eyes only.");
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.mail(client, theirs, mail)).startsWith("250 ");
        }
        try (RawImap imap = server.imaps().login(DR_KLEE, PASSWORD)) {
            imap.ok("SELECT Clients/Alice");
            RawImap.Line line = imap.ok("FETCH 1 (RFC822.SIZE BODY.PEEK[])").with("FETCH");
            String served = new String(line.literal(), StandardCharsets.ISO_8859_1);
            assertThat(line.number("RFC822.SIZE")).isEqualTo(served.length());
            assertThat(served)
                    .contains("multipart/encrypted", "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----")
                    .doesNotContain("eyes only", "Subject: Sealed");
            assertThat(join(fetch(imap, "BODY.PEEK[HEADER]"), fetch(imap, "BODY.PEEK[TEXT]")))
                    .isEqualTo(line.literal());
            byte[] armored = fetch(imap, "BODY.PEEK[2]");
            assertThat(imap.ok("FETCH 1 BODYSTRUCTURE").text().toUpperCase(java.util.Locale.ROOT))
                    .contains("\"PGP-ENCRYPTED\"", "\"OCTET-STREAM\"", " " + armored.length);
            imap.append("Drafts", "\\Draft", plain("Draft", "A plain draft is sealed as well."));
            imap.ok("SELECT Drafts");
            RawImap.Line draft = imap.ok("FETCH 1 (RFC822.SIZE BODY.PEEK[])").with("FETCH");
            assertThat(draft.number("RFC822.SIZE")).isEqualTo(draft.literal().length);
            assertThat(new String(draft.literal(), StandardCharsets.ISO_8859_1))
                    .contains("multipart/encrypted")
                    .doesNotContain("plain draft");
        }
    }

    private RawImap reader() throws IOException {
        return server.imaps().login(DR_BLOOM, PASSWORD);
    }

    private void arrive(byte[] mail) throws IOException {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.mail(client, thread, mail)).startsWith("250 ");
        }
    }

    private byte[] plain(String subject, String text) {
        return (header(subject) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withAttachment(String subject) {
        return (header(subject) + "Content-Type: multipart/mixed; boundary=\"next-part\"\r\n\r\n"
                        + "This is MIME.\r\n--next-part\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        + "Grüße von Alice\r\n\r\n.ein Punkt\r\n--next-part\r\n"
                        + "Content-Type: application/octet-stream; name=\"notes.bin\"\r\n"
                        + "Content-Disposition: attachment; filename=\"notes.bin\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\nAAECAwQFBgc=\r\n--next-part--\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String header(String subject) {
        return "From: Alice <" + client + ">\r\nTo: " + thread + "\r\nSubject: " + subject + "\r\nMessage-ID: "
                + messageId(subject) + "\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n";
    }

    private String messageId(String subject) {
        return "<" + subject.replace(' ', '-') + "." + clients + "@provider.example>";
    }

    private static byte[] fetch(RawImap imap, String what) throws IOException {
        return imap.ok("FETCH 1 " + what).with("FETCH").literal();
    }

    private static String next(RawImap imap, String word) throws IOException {
        String line;
        do {
            line = imap.line().text();
        } while (!line.contains(word));
        return line;
    }

    private static long lines(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(octet -> octet == '\n')
                .count();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private long count(String query) throws SQLException, IOException {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
