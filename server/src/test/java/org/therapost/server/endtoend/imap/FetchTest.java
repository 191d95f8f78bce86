package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;

/** What FETCH serves of any message (RFC 3501 section 6.4.5), and of one that does not open. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FetchTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private TherapostServer server;
    private int folders;
    private String folder;

    @BeforeAll
    void a_practice(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @BeforeEach
    void an_empty_folder() throws Exception {
        folder = "Case" + ++folders;
        try (RawImap imap = reader()) {
            imap.ok("CREATE " + folder);
        }
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    @Test
    void a_mail_of_one_part_has_a_part_1_and_its_mime_header_is_its_own() throws Exception {
        try (RawImap imap = with("Subject: one\r\n\r\nText\r\n", two("Subject: two\r\n"))) {
            RawImap.Answer answer = imap.ok("FETCH 1:2 (UID BODY.PEEK[1.MIME])");
            assertThat(answer.fetched()).hasSize(2);
            assertThat(text(answer.fetched().get(0).literal())).isEqualTo("Subject: one\r\n\r\n");
            assertThat(text(answer.fetched().get(1).literal())).isEqualTo("Content-Type: text/plain\r\n\r\n");
            assertThat(section(imap, 1, "1")).isEqualTo("Text\r\n");
            assertThat(section(imap, 1, "2")).isEmpty();
            assertThat(section(imap, 1, "1.1")).isEmpty();
        }
    }

    @Test
    void a_message_in_a_message_is_its_part_1() throws Exception {
        String inner = "From: b@two.example\r\nContent-Type: message/rfc822\r\n\r\n"
                + "Subject: innermost\r\nFrom: c@three.example\r\n\r\nHello\r\n";
        try (RawImap imap = with("From: a@one.example\r\nContent-Type: message/rfc822\r\n\r\n" + inner)) {
            assertThat(section(imap, 1, "1")).isEqualTo(inner);
            assertThat(section(imap, 1, "TEXT")).isEqualTo(inner);
            assertThat(section(imap, 1, "1.HEADER"))
                    .isEqualTo("From: b@two.example\r\nContent-Type: message/rfc822\r\n\r\n");
            assertThat(section(imap, 1, "1.1.HEADER")).isEqualTo("Subject: innermost\r\nFrom: c@three.example\r\n\r\n");
            assertThat(section(imap, 1, "1.1.HEADER.FIELDS (from x-none)")).isEqualTo("From: c@three.example\r\n\r\n");
            assertThat(section(imap, 1, "1.1.HEADER.FIELDS.NOT (from x-none)")).isEqualTo("Subject: innermost\r\n\r\n");
            assertThat(section(imap, 1, "1.1.TEXT")).isEqualTo("Hello\r\n");
            assertThat(section(imap, 1, "1.1.1")).isEqualTo("Hello\r\n");
            assertThat(section(imap, 1, "1.1.1.MIME")).contains("innermost");
            assertThat(imap.ok("FETCH 1 BODY").text())
                    .contains("\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" " + inner.length()
                            + " (NIL NIL ((NIL NIL \"b\" \"two.example\"))");
        }
    }

    @Test
    void the_parts_of_a_digest_are_messages_each_with_its_own_header() throws Exception {
        try (RawImap imap = with("Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\n"
                + "Subject: first\r\n\r\nOne\r\n--d\r\n\r\nSubject: second\r\n\r\nTwo\r\n--d--\r\n")) {
            assertThat(section(imap, 1, "1.HEADER")).isEqualTo("Subject: first\r\n\r\n");
            assertThat(section(imap, 1, "2.HEADER")).isEqualTo("Subject: second\r\n\r\n");
            assertThat(section(imap, 1, "2.1")).isEqualTo("Two");
            assertThat(section(imap, 1, "1.MIME")).isEqualTo("\r\n");
            assertThat(section(imap, 1, "2")).isEqualTo("Subject: second\r\n\r\nTwo");
        }
    }

    @Test
    void octets_above_ascii_in_a_header_are_served_as_they_are() throws Exception {
        String header = "From: \"M\u00fcller, J\u00f6rg\" <joerg@provider.example>\r\n"
                + "To: Zo\u00eb <zoe@a-rather-long-provider.example>, =?utf-8?q?broken <b@provider.example>\r\n"
                + "Subject: Gr\u00fc\u00dfe\r\n\r\nText\r\n";
        for (java.nio.charset.Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            try (RawImap imap = reader()) {
                imap.append(folder, "", header.getBytes(charset));
                imap.ok("SELECT " + folder);
                RawImap.Line envelope = imap.ok("FETCH * ENVELOPE").with("ENVELOPE");
                assertThat(envelope.literals())
                        .extracting(octets -> new String(octets, charset))
                        .startsWith("Gr\u00fc\u00dfe", "M\u00fcller, J\u00f6rg")
                        .contains("Zo\u00eb");
                assertThat(envelope.text())
                        .contains("NIL \"joerg\" \"provider.example\"")
                        .contains("NIL \"zoe\" \"a-rather-long-provider.example\"")
                        .contains("(\"=?utf-8?q?broken\" NIL \"b\" \"provider.example\")")
                        .doesNotContain("?\"");
            }
        }
    }

    /** What is changed: the data packet, the header packet, both key packets, or the row of the keys. */
    @ParameterizedTest
    @ValueSource(strings = {"data", "header and data", "keys", "no keys", "size"})
    void a_message_that_does_not_open_is_told_as_such_and_all_others_are_served(String damaged) throws Exception {
        try (RawImap imap = with(
                "Subject: first\r\n\r\nOne\r\n",
                "From: Alice <alice@provider.example>\r\nSubject: second\r\nContent-Type: text/html\r\n\r\n<p>Two\r\n",
                "Subject: third\r\n\r\nThree\r\n")) {
            damage(damaged);
            RawImap.Answer bodies = imap.ok("FETCH 1:* (UID RFC822.SIZE BODY.PEEK[])");
            assertThat(bodies.fetched()).hasSize(3);
            assertThat(text(bodies.fetched().get(0).literal())).endsWith("One\r\n");
            assertThat(text(bodies.fetched().get(2).literal())).endsWith("Three\r\n");
            byte[] placeholder = bodies.fetched().get(1).literal();
            assertThat(text(placeholder))
                    .contains(
                            // What was sealed is not what was accepted; or it is, and does not open.
                            damaged.contains("data") ? "is not what the server accepted" : "cannot be opened",
                            "What to do:")
                    .doesNotContain("<p>Two");
            assertThat(bodies.fetched().get(1).number("RFC822.SIZE")).isEqualTo(placeholder.length);
            String described = imap.ok("FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER])")
                    .text();
            assertThat(described).contains("* 1 FETCH", "* 2 FETCH", "* 3 FETCH");
            assertThat(described.lines().filter(line -> line.startsWith("* 2")))
                    .singleElement()
                    .asString()
                    .contains("\"TEXT\" \"PLAIN\"")
                    .doesNotContain("HTML");
            assertThat(section(imap, 2, "1"))
                    .startsWith(
                            damaged.contains("data")
                                    ? "This message is not shown, because it is not what the server accepted."
                                    : "This message cannot be opened.");
            assertThat(section(imap, 2, "HEADER.FIELDS (SUBJECT)")).contains("Subject: ");
            assertThat(imap.ok("FETCH 1:* BODY.PEEK[1]").fetched()).hasSize(3);
            imap.ok("NOOP");
        }
    }

    private void damage(String what) {
        DSLContext sql = server.part(Database.class).sql();
        List<UUID> messages = sql.select(MAILBOX_MESSAGE.MESSAGE_ID)
                .from(MAILBOX_MESSAGE)
                .orderBy(MAILBOX_MESSAGE.SAVE_DATE.desc())
                .limit(2)
                .fetch(MAILBOX_MESSAGE.MESSAGE_ID);
        UUID second = messages.get(1);
        if (what.contains("data")) {
            sql.update(MESSAGE)
                    .set(
                            MESSAGE.DATA_PACKET,
                            changed(sql.fetchSingle(MESSAGE, MESSAGE.ID.eq(second))
                                    .getDataPacket()))
                    .where(MESSAGE.ID.eq(second))
                    .execute();
        }
        if (what.contains("header")) {
            sql.update(MESSAGE)
                    .set(
                            MESSAGE.HEADER_PACKET,
                            changed(sql.fetchSingle(MESSAGE, MESSAGE.ID.eq(second))
                                    .getHeaderPacket()))
                    .where(MESSAGE.ID.eq(second))
                    .execute();
        }
        if (what.equals("size")) {
            sql.update(MESSAGE)
                    .set(MESSAGE.SIZE, MESSAGE.SIZE.plus(1))
                    .where(MESSAGE.ID.eq(second))
                    .execute();
        }
        if (what.endsWith("keys")) {
            sql.deleteFrom(org.therapost.storage.generated.Tables.READING_NOTE)
                    .where(org.therapost.storage.generated.Tables.READING_NOTE.MESSAGE_ID.eq(second))
                    .execute();
        }
        if (what.equals("keys")) {
            sql.update(MESSAGE_KEY)
                    .set(MESSAGE_KEY.KEY_PACKETS, new byte[] {1, 2, 3})
                    .where(MESSAGE_KEY.MESSAGE_ID.eq(second))
                    .execute();
        }
        if (what.equals("no keys")) {
            sql.deleteFrom(MESSAGE_KEY).where(MESSAGE_KEY.MESSAGE_ID.eq(second)).execute();
        }
    }

    private static byte[] changed(byte[] packet) {
        byte[] other = packet.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    private static String two(String header) {
        return header
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
                + "A\r\n--b\r\n\r\nB\r\n--b--\r\n";
    }

    private RawImap with(String... messages) throws Exception {
        RawImap imap = reader();
        for (String message : messages) {
            imap.append(folder, "", message.getBytes(StandardCharsets.ISO_8859_1));
        }
        imap.ok("SELECT " + folder);
        return imap;
    }

    private static String section(RawImap imap, int number, String section) throws IOException {
        return text(imap.ok("FETCH " + number + " BODY.PEEK[" + section + "]")
                .with("FETCH")
                .literal());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private RawImap reader() throws Exception {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }
}
