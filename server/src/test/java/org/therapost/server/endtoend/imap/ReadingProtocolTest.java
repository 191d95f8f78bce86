package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.ServerProcess;

/** Searches and large messages, on the wire. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingProtocolTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String DR_KLEE = "klee@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final int ATTACHMENT = 3_000_000;

    private final byte[] attached = attachment();
    private final byte[] large = large(attached);
    private ServerProcess server;

    @BeforeAll
    void a_practice_with_two_therapists_and_some_letters(@TempDir Path folder) throws Exception {
        server = new ServerProcess(folder, Map.of()).start();
        Administrator administrator = server.administrator();
        administrator.practice("practice.example");
        administrator.therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        byte[] certificate = new BouncyCastleKeys(Clock.systemUTC())
                .generate("Dr Klee <" + DR_KLEE + ">")
                .certificate()
                .encoded();
        administrator.therapist(DR_KLEE, "Dr Klee", PASSWORD, certificate);
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("CREATE Letters");
            for (String letter : letters()) {
                imap.append("Letters", "", letter.getBytes(StandardCharsets.UTF_8));
            }
            imap.ok("CREATE Large");
            imap.append("Large", "\\Seen", large);
        }
    }

    @AfterAll
    void the_server_stops() throws Exception {
        server.close();
    }

    private static String[] letters() {
        String base64 = Base64.getMimeEncoder()
                .encodeToString("Ich vermisse meine größte Katze.\r\n".getBytes(StandardCharsets.UTF_8));
        return new String[] {
            mail(
                            "Alice <alice@provider.example>",
                            "=?UTF-8?B?VHJhdWVyIMO8YmVy?= alles",
                            "Mon, 2 Nov 2026 23:30:00 -0500")
                    + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64,
            mail("bruno@provider.example", "sleep", "Tue, 3 Nov 2026 10:00:00 +0000")
                    + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
                    + "--b\r\n"
                    + "Content-Type: text/plain; charset=iso-8859-1\r\n"
                    + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                    + "Nachts f=E4llt der =\r\n"
                    + "Schlaf aus.\r\n"
                    + "--b\r\n"
                    + "Content-Type: text/html\r\n\r\n"
                    + "<p>in <b>bold</b> hope</p>\r\n"
                    + "--b--\r\n",
            mail("carol@provider.example", "nothing", "Wed, 4 Nov 2026 10:00:00 +0000")
                    + "X-Mood: fair\r\n\r\nA line that is\r\nbroken by the program.\r\n",
        };
    }

    private static String mail(String from, String subject, String date) {
        return "From: " + from + "\r\nTo: k7m2qx@practice.example\r\nSubject: " + subject + "\r\nDate: " + date
                + "\r\nMessage-ID: <" + subject.length() + "@provider.example>\r\nMIME-Version: 1.0\r\n";
    }

    private static byte[] attachment() {
        byte[] binary = new byte[ATTACHMENT];
        new Random(1).nextBytes(binary);
        return Base64.getMimeEncoder().encode(binary);
    }

    private static byte[] large(byte[] attached) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes((mail("alice@provider.example", "scan", "Thu, 5 Nov 2026 10:00:00 +0000")
                        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
                        + "See the scan.\r\n--b\r\nContent-Type: application/pdf; name=scan.pdf\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(attached);
        mail.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return mail.toByteArray();
    }

    @Test
    void every_search_key_finds_what_a_person_would() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT Letters");
            imap.ok("UID STORE 2 +FLAGS (\\Flagged Urgent)");
            assertThat(imap.search("ALL")).containsExactly(1L, 2L, 3L);
            assertThat(imap.search("FLAGGED KEYWORD Urgent")).containsExactly(2L);
            assertThat(imap.search("NOT KEYWORD Urgent UNDELETED")).containsExactly(1L, 3L);
            assertThat(imap.search("FROM provider FROM ALICE")).containsExactly(1L);
            assertThat(imap.search("OR FROM bruno SUBJECT nothing")).containsExactly(2L, 3L);
            assertThat(imap.search("HEADER X-Mood \"\"")).containsExactly(3L);
            assertThat(imap.search("NOT HEADER X-Mood fair")).containsExactly(1L, 2L);
            assertThat(imap.search("SENTON 2-Nov-2026")).as("the sender's date").containsExactly(1L);
            assertThat(imap.search("SENTSINCE 3-Nov-2026")).containsExactly(2L, 3L);
            assertThat(imap.search("SENTBEFORE 3-Nov-2026")).containsExactly(1L);
            assertThat(imap.search("SINCE 1-Jan-2020 SMALLER 100000 LARGER 10")).containsExactly(1L, 2L, 3L);
            assertThat(imap.search("BEFORE 1-Jan-2020")).isEmpty();
            assertThat(imap.search("2:* UID 1:2")).containsExactly(2L);
            assertThat(imap.search("BODY \"in bold hope\"")).containsExactly(2L);
            assertThat(imap.search("BODY \"that is broken by\"")).containsExactly(3L);
            assertThat(imap.search("BODY carol")).isEmpty();
            assertThat(imap.search("TEXT carol")).containsExactly(3L);
            assertThat(imap.search("NOT TEXT carol")).containsExactly(1L, 2L);
            assertThat(imap.search("MODSEQ 1")).as("and the highest of theirs").startsWith(1L, 2L, 3L);
        }
    }

    @Test
    void words_are_found_whatever_their_encoding() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT Letters");
            assertThat(found(imap, "SUBJECT", "trauer ÜBER")).containsExactly(1L);
            assertThat(found(imap, "BODY", "GRÖßTE katze")).containsExactly(1L);
            assertThat(found(imap, "TEXT", "fällt der schlaf")).containsExactly(2L);
        }
    }

    @Test
    void times_before_all_calendars_can_be_searched_for() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT Letters");
            assertThat(imap.search("OLDER 999999999999")).isEmpty();
            assertThat(imap.search("YOUNGER 999999999999")).hasSize(letters().length);
        }
    }

    @Test
    void the_text_of_messages_that_only_their_reader_can_open_is_not_searched_and_the_reader_is_told()
            throws Exception {
        try (RawImap imap = server.imaps().login(DR_KLEE, PASSWORD)) {
            imap.append("Drafts", "", letters()[2].getBytes(StandardCharsets.UTF_8));
            imap.ok("SELECT Drafts");
            assertThat(imap.search("ALL")).containsExactly(1L);
            assertThat(imap.search("UNSEEN FROM klee"))
                    .as("the header that is served")
                    .containsExactly(1L);
            assertThat(imap.command("UID SEARCH TEXT broken").completion()).startsWith("NO [CANNOT]");
            assertThat(imap.command("UID SEARCH BODY broken").completion()).startsWith("NO [CANNOT]");
            assertThat(imap.search("SEEN BODY broken"))
                    .as("no message is in question")
                    .isEmpty();
        }
    }

    @Test
    void a_large_message_comes_whole_and_in_pieces() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT Large");
            assertThat(imap.ok("UID FETCH 1 BODY.PEEK[]").with("FETCH").literal())
                    .isEqualTo(large);
            ByteArrayOutputStream pieces = new ByteArrayOutputStream();
            int piece = 600_000;
            for (int at = 0; at < large.length; at += piece) {
                pieces.writeBytes(imap.ok("UID FETCH 1 BODY.PEEK[]<" + at + "." + piece + ">")
                        .with("FETCH")
                        .literal());
            }
            assertThat(pieces.toByteArray()).isEqualTo(large);
            byte[] text = imap.ok("UID FETCH 1 BODY.PEEK[TEXT]").with("FETCH").literal();
            assertThat(text).isEqualTo(Arrays.copyOfRange(large, large.length - text.length, large.length));
        }
    }

    @Test
    void an_attachment_comes_whole_and_in_pieces() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT Large");
            assertThat(imap.ok("UID FETCH 1 BODYSTRUCTURE").text()).contains("pdf");
            assertThat(imap.ok("UID FETCH 1 BODY.PEEK[2]").with("FETCH").literal())
                    .isEqualTo(attached);
            assertThat(imap.ok("UID FETCH 1 BODY.PEEK[2]<1000000.70000>")
                            .with("FETCH")
                            .literal())
                    .isEqualTo(Arrays.copyOfRange(attached, 1_000_000, 1_070_000));
        }
    }

    @Test
    void of_a_large_message_that_was_changed_at_rest_only_a_placeholder_is_served() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("CREATE Damaged");
            imap.append("Damaged", "", large);
            try (Connection sql = server.sql();
                    Statement statement = sql.createStatement()) {
                assertThat(statement.executeUpdate("update message set data_packet = set_byte(data_packet, 2000000,"
                                + " get_byte(data_packet, 2000000) # 1) where id = (select message_id from"
                                + " mailbox_message order by save_date desc limit 1)"))
                        .isEqualTo(1);
            }
            imap.ok("SELECT Damaged");
            String shown =
                    new String(imap.ok("UID FETCH 1 BODY.PEEK[]").with("FETCH").literal(), StandardCharsets.US_ASCII);
            assertThat(shown).contains("This message is not shown").contains("\r\nSubject: scan\r\n");
            assertThat(shown).doesNotContain("See the scan");
            imap.ok("NOOP");
        }
    }

    private static List<Long> found(RawImap imap, String key, String words) throws IOException {
        byte[] literal = words.getBytes(StandardCharsets.UTF_8);
        String found = imap.withLiteral("UID SEARCH CHARSET UTF-8 " + key, literal, "")
                .with("* SEARCH")
                .text();
        return Pattern.compile("\\d+")
                .matcher(found)
                .results()
                .map(number -> Long.parseLong(number.group()))
                .toList();
    }
}
