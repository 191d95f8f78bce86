package org.therapost.server.endtoend.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.endtoend.RawImap.quoted;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.commandline.Commands;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import picocli.CommandLine;

/** MALLORY owns the database and has no key: whatever MALLORY writes there is refused, shown or found. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticRecordTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String WITHHELD = "not what the server accepted";
    private static final List<String> GUARDED =
            List.of("message", "message_key", "record_entry", "record_head", "mailbox_message", "held_message");

    private TherapostServer server;
    private Path data;
    private Administrator administrator;
    private DSLContext sql;
    private int pair;
    private String alice;
    private String bruno;
    private String ofAlice;
    private String ofBruno;

    @BeforeAll
    void a_practice(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        server = TestServer.start(folder, Modules.EMPTY_MODULE);
        administrator = new Administrator(data);
        sql = server.part(Database.class).sql();
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @BeforeEach
    void alice_and_bruno_have_written() throws Exception {
        pair++;
        alice = "alice" + pair + "@provider.example";
        bruno = "bruno" + pair + "@provider.example";
        ofAlice = administrator.client(DR_BLOOM, alice, "Alice " + pair);
        ofBruno = administrator.client(DR_BLOOM, bruno, "Bruno " + pair);
        for (int week = 1; week <= 4; week++) {
            arrive(alice, ofAlice, "Week " + week);
        }
        arrive(bruno, ofBruno, "Bruno's week");
        Verdict before = verify(ofAlice);
        assertThat(before.status()).as(before.text()).isZero();
    }

    @AfterEach
    void what_mallory_did_is_forgotten() {
        mallory(on -> {
            on.execute(
                    "delete from mailbox_message where message_id in (select m.id from message m join thread t"
                            + " on t.id = m.thread_id where t.address in ({0}, {1}))",
                    DSL.val(ofAlice), DSL.val(ofBruno));
            on.execute("delete from wrong_row");
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_record_that_nobody_touched_is_as_it_was_accepted() throws Exception {
        Verdict verdict = verify();
        // Those of the other tests are in it.
        assertThat(verdict.text()).contains("compared", "messages in");
        assertThat(bodies("Clients/Alice " + pair)).hasSize(4).allSatisfy(body -> assertThat(body)
                .doesNotContain(WITHHELD));
    }

    @Test
    void another_acceptance_instant_is_withheld_found_and_right_again_when_it_is_put_back() throws Exception {
        UUID second = message(ofAlice, 2);
        mallory(on -> on.execute(
                "update message set accepted_at = accepted_at + interval '3 days' where id = {0}", DSL.val(second)));
        assertThat(bodies("Clients/Alice " + pair).get(1)).contains(WITHHELD, second.toString());
        Verdict verdict = verify(ofAlice);
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.wrong())
                .singleElement()
                .asString()
                .contains("number 2", second.toString(), "another acceptance instant", ofAlice);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> administrator.troubles().contains("record"));
        assertThat(administrator.metrics()).containsPattern("therapost_record_wrong [1-9]");
        assertThat(run("status").text()).contains(second.toString(), "another acceptance instant");

        mallory(on -> on.execute(
                "update message set accepted_at = accepted_at - interval '3 days' where id = {0}", DSL.val(second)));
        assertThat(verify(ofAlice).status()).isZero();
        assertThat(sql.fetchValue("select count(*) from wrong_row where row_id = {0}", DSL.val(second.toString())))
                .isEqualTo(0L);
        assertThat(bodies("Clients/Alice " + pair).get(1)).contains("Week 2");
    }

    @Test
    void two_messages_that_were_swapped_are_withheld_both() throws Exception {
        UUID first = message(ofAlice, 1);
        UUID third = message(ofAlice, 3);
        mallory(on -> {
            swap(on, "message", "id", "header_packet, data_packet, size, header_size", first, third);
            swap(on, "message_key", "message_id", "key_packets", first, third);
            on.execute("delete from reading_note");
        });
        List<String> bodies = bodies("Clients/Alice " + pair);
        assertThat(bodies.get(0)).contains(WITHHELD).doesNotContain("Week");
        assertThat(bodies.get(1)).contains("Week 2");
        assertThat(bodies.get(2)).contains(WITHHELD).doesNotContain("Week");
        assertThat(verify(ofAlice).wrong()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("another content"));
    }

    @Test
    void messages_whose_places_in_the_chain_were_swapped_too_are_withheld() throws Exception {
        UUID first = message(ofAlice, 1);
        UUID third = message(ofAlice, 3);
        mallory(on -> {
            on.execute("update record_entry set number = -1 where message_id = {0}", DSL.val(first));
            on.execute("update record_entry set number = 1 where message_id = {0}", DSL.val(third));
            on.execute("update record_entry set number = 3 where message_id = {0}", DSL.val(first));
        });
        assertThat(bodies("Clients/Alice " + pair).get(0)).contains(WITHHELD);
        assertThat(bodies("Clients/Alice " + pair).get(2)).contains(WITHHELD);
        assertThat(verify(ofAlice).wrong()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void a_forged_message_is_withheld_whether_it_is_put_into_the_thread_or_into_none() throws Exception {
        for (String place : List.of("the thread", "none, as a copy", "none, as a note")) {
            UUID forged = UUID.randomUUID();
            forge(forged, place);
            List<String> bodies = bodies("Clients/Alice " + pair);
            assertThat(bodies.get(bodies.size() - 1))
                    .as(place)
                    .contains(WITHHELD, forged.toString())
                    .doesNotContain("pay Mallory");
            assertThat(verify().wrong()).as(place).anySatisfy(line -> assertThat(line)
                    .contains(forged.toString(), "was not filed by this server"));
            mallory(on -> {
                on.execute("delete from mailbox_message where message_id = {0}", DSL.val(forged));
                on.execute("delete from message_key where message_id = {0}", DSL.val(forged));
                on.execute("delete from message where id = {0}", DSL.val(forged));
            });
        }
    }

    @Test
    void a_forged_message_with_an_entry_of_its_own_is_withheld_and_the_head_does_not_help() throws Exception {
        UUID forged = UUID.randomUUID();
        forge(forged, "the thread");
        mallory(on -> {
            on.execute(
                    "insert into record_entry (message_id, thread_id, number, tag, header_digest, data_digest) select"
                            + " m.id, m.thread_id, 5, sha256('no key'), sha256(m.header_packet), sha256(m.data_packet)"
                            + " from message m where m.id = {0}",
                    DSL.val(forged));
            on.execute(
                    "update record_head set number = 5, tag = sha256('no key') where thread_id ="
                            + " (select id from thread where address = {0})",
                    DSL.val(ofAlice));
        });
        assertThat(bodies("Clients/Alice " + pair).get(4)).contains(WITHHELD).doesNotContain("pay Mallory");
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 5");
    }

    @Test
    void a_message_that_was_moved_to_another_thread_is_withheld_there() throws Exception {
        UUID second = message(ofAlice, 2);
        mallory(on -> {
            on.execute(
                    "update message set thread_id = (select id from thread where address = {0}) where id = {1}",
                    DSL.val(ofBruno), DSL.val(second));
            on.execute("delete from mailbox_message where message_id = {0}", DSL.val(second));
            show(on, second, ofBruno);
        });
        List<String> bodies = bodies("Clients/Bruno " + pair);
        assertThat(bodies.get(bodies.size() - 1)).contains(WITHHELD).doesNotContain("Week 2");
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 2", "moved here");
        assertThat(verify(ofBruno).wrong()).singleElement().asString().contains("was not filed by this server");
    }

    @Test
    void a_header_section_that_was_exchanged_is_taken_from_the_message_itself() throws Exception {
        UUID second = message(ofAlice, 2);
        SealedMessage other = sealed("Subject: pay Mallory\r\n\r\nat once\r\n", ofAlice);
        mallory(on -> {
            on.execute(
                    "update message set header_packet = {0} where id = {1}",
                    DSL.val(other.headerPacket()), DSL.val(second));
            on.execute("delete from reading_note");
        });
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted("Clients/Alice " + pair));
            String header = new String(
                    imap.ok("FETCH 2 (BODY.PEEK[HEADER])").fetched().get(0).literal(), StandardCharsets.US_ASCII);
            assertThat(header).contains("Week 2").doesNotContain("Mallory");
        }
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 2", "another header section");
    }

    @Test
    void a_large_message_that_is_read_in_pieces_is_compared_before_its_first_octet_is_served() throws Exception {
        String words = ("x".repeat(70) + "\r\n").repeat(6000);
        arrive(alice, ofAlice, "Week 5", words);
        UUID fifth = message(ofAlice, 5);
        SealedMessage other = sealed("Subject: Week 5\r\n\r\nPay Mallory\r\n" + words, ofAlice);
        mallory(on -> {
            on.execute(
                    "update message set data_packet = {0}, size = {1} where id = {2}",
                    DSL.val(other.dataPacket()), DSL.val(other.size()), DSL.val(fifth));
            on.execute(
                    "update message_key set key_packets = {0} where message_id = {1}",
                    DSL.val(other.keyPackets()), DSL.val(fifth));
            on.execute("delete from reading_note");
        });
        assertThat(bodies("Clients/Alice " + pair).get(4)).contains(WITHHELD).doesNotContain("Pay Mallory");
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 5", "another content");
    }

    @Test
    void a_message_that_was_taken_away_is_found_also_with_a_tombstone_that_mallory_made() throws Exception {
        UUID third = message(ofAlice, 3);
        mallory(on -> {
            on.execute("delete from mailbox_message where message_id = {0}", DSL.val(third));
            on.execute("delete from reading_note where message_id = {0}", DSL.val(third));
            on.execute("delete from message_key where message_id = {0}", DSL.val(third));
            on.execute("delete from message where id = {0}", DSL.val(third));
        });
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 3", "is gone");
        mallory(on -> on.execute(
                "update record_entry set erased_at = now(), erasure = 'returned', erasure_tag = sha256('no key')"
                        + " where message_id = {0}",
                DSL.val(third)));
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 3", "marked as erased");
        mallory(on -> on.execute("delete from record_entry where message_id = {0}", DSL.val(third)));
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 3", "is missing");
    }

    @Test
    void an_end_that_was_cut_off_is_found_while_the_head_knows_better() throws Exception {
        UUID fourth = message(ofAlice, 4);
        mallory(on -> {
            on.execute("delete from mailbox_message where message_id = {0}", DSL.val(fourth));
            on.execute("delete from reading_note where message_id = {0}", DSL.val(fourth));
            on.execute("delete from message_key where message_id = {0}", DSL.val(fourth));
            on.execute("delete from message where id = {0}", DSL.val(fourth));
            on.execute("delete from record_entry where message_id = {0}", DSL.val(fourth));
        });
        assertThat(verify(ofAlice).wrong()).singleElement().asString().contains("number 3", "cut off");
    }

    @Test
    void a_thread_without_a_head_takes_no_mail_and_is_not_chained_anew() throws Exception {
        mallory(on -> on.execute(
                "delete from record_head where thread_id = (select id from thread where address = {0})",
                DSL.val(ofAlice)));
        assertThat(send(alice, ofAlice, "Week 5", "Week 5\r\n")).startsWith("451 ");
        assertThat(verify(ofAlice).wrong()).anySatisfy(line -> assertThat(line).contains("has no head any more"));
    }

    private void forge(UUID forged, String place) throws Exception {
        SealedMessage sealed =
                sealed("From: Alice <" + alice + ">\r\nSubject: pay Mallory\r\n\r\npay Mallory at once\r\n", ofAlice);
        mallory(on -> {
            on.execute(
                    "insert into message (id, thread_id, direction, size, header_size, header_packet, data_packet)"
                            + " select {0}, case when {1} then id end, {2}, {3}, {4}, {5}, {6} from thread where address ="
                            + " {7}",
                    DSL.val(forged),
                    DSL.val(place.equals("the thread")),
                    DSL.val(place.endsWith("copy") ? "own" : place.endsWith("note") ? "notice" : "from-client"),
                    DSL.val(sealed.size()),
                    DSL.val(sealed.headerSize()),
                    DSL.val(sealed.headerPacket()),
                    DSL.val(sealed.dataPacket()),
                    DSL.val(ofAlice));
            on.execute(
                    "insert into message_key (message_id, key_packets) values ({0}, {1})",
                    DSL.val(forged), DSL.val(sealed.keyPackets()));
            show(on, forged, ofAlice);
        });
    }

    private SealedMessage sealed(String mail, String thread) {
        byte[] certificate = (byte[]) sql.fetchValue(
                "select k.certificate from thread_key k join thread t on t.id = k.thread_id where t.address = {0}",
                DSL.val(thread));
        return server.part(Sealer.class)
                .seal(
                        MailContent.of(mail.getBytes(StandardCharsets.US_ASCII)),
                        Readers.of(new Certificate(certificate)));
    }

    private static void show(DSLContext on, UUID message, String thread) {
        UUID folder = on.fetchSingle(
                        "update mailbox set last_uid = last_uid + 1, highest_modseq = highest_modseq + 1"
                                + " where id = (select mailbox_id from thread where address = {0}) returning id",
                        DSL.val(thread))
                .get(0, UUID.class);
        on.execute(
                "insert into mailbox_message (mailbox_id, uid, message_id, modseq, internal_date, flags, conversation)"
                        + " select id, last_uid, {0}, highest_modseq, now(), 16, {0} from mailbox where id = {1}",
                DSL.val(message), DSL.val(folder));
    }

    private static void swap(DSLContext on, String table, String key, String columns, UUID one, UUID other) {
        on.execute("create temporary table swapped on commit drop as select " + key + ", " + columns + " from " + table
                + " where " + key + " in ('" + one + "', '" + other + "')");
        StringBuilder sets = new StringBuilder();
        for (String column : columns.split(", ")) {
            sets.append(sets.isEmpty() ? "" : ", ")
                    .append(column)
                    .append(" = s.")
                    .append(column);
        }
        on.execute("update " + table + " t set " + sets + " from swapped s where t." + key + " in ('" + one + "', '"
                + other + "') and s." + key + " <> t." + key);
        on.execute("drop table swapped");
    }

    /** Acts on the database without a key and without a guard. */
    private void mallory(Consumer<DSLContext> act) {
        sql.transaction(transaction -> {
            DSLContext on = transaction.dsl();
            GUARDED.forEach(table -> on.execute("alter table " + table + " disable trigger user"));
            act.accept(on);
            GUARDED.forEach(table -> on.execute("alter table " + table + " enable trigger user"));
        });
    }

    private UUID message(String thread, long number) {
        return sql.fetchSingle(
                        "select e.message_id from record_entry e join thread t on t.id = e.thread_id"
                                + " where t.address = {0} and e.number = {1}",
                        DSL.val(thread), DSL.val(number))
                .get(0, UUID.class);
    }

    private record Verdict(int status, String text) {

        List<String> wrong() {
            return text.lines().filter(line -> line.startsWith("WRONG")).toList();
        }
    }

    private Verdict verify() {
        return run("record", "verify");
    }

    private Verdict verify(String thread) {
        return run("record", "verify", thread);
    }

    private Verdict run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Commands.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return new Verdict(commandLine.execute(all.toArray(String[]::new)), out.toString());
    }

    /** What a mail program that has cached nothing shows of each message of a folder. */
    private List<String> bodies(String folder) throws IOException {
        try (RawImap imap = reader()) {
            imap.ok("SELECT " + quoted(folder));
            return imap.ok("FETCH 1:* (BODY.PEEK[])").fetched().stream()
                    .map(line -> new String(line.literal(), StandardCharsets.US_ASCII))
                    .toList();
        }
    }

    private RawImap reader() throws IOException {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    private void arrive(String client, String thread, String subject) throws IOException {
        arrive(client, thread, subject, subject + "\r\n");
    }

    private void arrive(String client, String thread, String subject, String words) throws IOException {
        assertThat(send(client, thread, subject, words)).startsWith("250 ");
    }

    private String send(String client, String thread, String subject, String words) throws IOException {
        String mail = "From: Client <" + client + ">\r\nTo: " + thread + "\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + UUID.randomUUID() + "@provider.example>\r\n\r\n" + words;
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                InetAddress.getLoopbackAddress(), server.addresses().smtp().getPort()))) {
            smtp.expect("250", "EHLO mx.provider.example");
            return smtp.mail(client, thread, mail);
        }
    }
}
