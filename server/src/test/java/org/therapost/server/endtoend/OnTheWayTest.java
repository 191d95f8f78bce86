package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.dns.TestDns;
import org.therapost.storage.cells.SealedColumns;

/** In which order answers arrive, and what other servers report of them. Time passes by moving rows. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class OnTheWayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String UNKNOWN = "550 5.1.1 ";
    private static final String NOT_OURS = "550 5.7.1 ";

    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        dns = TestDns.start()
                .address(OutsideServer.HOST, "127.0.0.1")
                .txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                        folder.resolve("therapost"),
                        Map.of(
                                "dns.servers",
                                "127.0.0.1:" + dns.address().getPort(),
                                "relay.smarthost",
                                OutsideServer.HOST,
                                "relay.port",
                                String.valueOf(outside.port()),
                                "relay.trust-certificates",
                                outside.certificate().toString()))
                .start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        outside.close();
        dns.close();
    }

    private String client(String name) throws Exception {
        String thread = server.administrator().client(DR_BLOOM, name + "@provider.example", name);
        server.administrator().consent(thread, true);
        return thread;
    }

    @Test
    void three_answers_arrive_in_order_when_the_clients_server_comes_back() throws Exception {
        String thread = client("alice");
        outside.busy(true);
        for (String word : new String[] {"alice-first", "alice-second", "alice-third"}) {
            answer(thread, word);
        }
        awaitCount(1, "mail_queue where deferred_at is not null");
        assertThat(count("mail_queue where deferred_at is null and attempts = 0"))
                .as("those behind it")
                .isEqualTo(2);
        outside.busy(false);
        sql("update mail_queue set not_before = clock_timestamp()");
        await().atMost(PATIENCE).until(() -> words("alice").length() > 0 && arrived("alice-third"));
        assertThat(words("alice")).isEqualTo("first second third ");
    }

    /** The client's server is away for three minutes in the middle of a session. */
    @Test
    void in_an_open_window_three_answers_are_tried_again_within_half_a_minute_and_arrive_in_order() throws Exception {
        String thread = client("jane");
        server.administrator().command(thread, "open 50");
        awaitCount(1, "session_window where state = 'open'");
        outside.busy(true);
        for (String word : new String[] {"jane-first", "jane-second", "jane-third"}) {
            answer(thread, word);
        }
        String mine = "mail_queue q join thread t on t.id = q.thread_id where t.address = '" + thread + "'";
        awaitCount(1, mine + " and q.deferred_at is not null");
        long before = notices();

        for (int attempt = 1; attempt <= 7; attempt++) {
            awaitCount(1, mine + " and q.attempts >= " + attempt + " and q.leased_until is null");
            assertThat(count(mine + " and q.attempts > 0"))
                    .as("only the first of them is tried")
                    .isEqualTo(1);
            assertThat(count(mine + " and q.attempts > 0 and q.not_before > clock_timestamp() + interval '30 seconds'"))
                    .as("the next attempt follows within 30 s")
                    .isZero();
            pass(thread, "26 seconds");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(notices())
                .as("after two minutes the therapist is told, and once")
                .isEqualTo(before + 1));

        outside.busy(false);
        pass(thread, "26 seconds");
        await().atMost(PATIENCE).until(() -> arrived("jane-third"));
        assertThat(words("jane")).isEqualTo("first second third ");
        assertThat(notices()).isEqualTo(before + 1);
    }

    /** Lets time pass for a thread: whatever happened lies further back, and what is to come comes sooner. */
    private void pass(String thread, String span) throws Exception {
        String mine = " where thread_id = (select id from thread where address = '" + thread + "')";
        sql("update mail_queue set not_before = not_before - interval '" + span
                + "', deferred_at = deferred_at - interval '" + span + "'" + mine);
        sql("update session_window set opens_at = opens_at - interval '" + span
                + "', opened_at = opened_at - interval '" + span + "', closes_at = closes_at - interval '" + span + "'"
                + mine);
    }

    @Test
    void what_is_deferred_for_its_own_sake_lets_the_others_go_after_an_hour_and_the_therapist_is_told()
            throws Exception {
        String thread = client("bruno");
        String id = answer(thread, "bruno-" + OutsideServer.NOT_THIS);
        awaitCount(1, "mail_queue where of_itself_at is not null and id = '" + id + "'");
        answer(thread, "bruno-next");
        long before = notices();
        sql("update mail_queue set of_itself_at = of_itself_at - interval '61 minutes',"
                + " not_before = clock_timestamp() where id = '" + id + "'");

        await().atMost(PATIENCE).until(() -> arrived("bruno-next"));
        awaitCount(1, "mail_queue where aside_at is not null and id = '" + id + "'");
        assertThat(notices()).isEqualTo(before + 1);
        sql("delete from mail_queue where id = '" + id + "'");
    }

    @Test
    void a_report_counts_at_the_address_of_its_parcel_once_for_each_thing_that_it_says() throws Exception {
        String thread = client("carol");
        answer(thread, "carol-one");
        await().atMost(PATIENCE).until(() -> arrived("carol-one"));
        String address = outside.senders().get(outside.senders().size() - 1);
        assertThat(address).matches("b-[a-z2-7]{20}@practice.example");
        long before = notices();
        long mails = count("message where direction = 'from-client'");

        assertThat(rcpt("someone@elsewhere.example", address)).startsWith(UNKNOWN);
        assertThat(rcpt("", "b-aaaaaaaaaaaaaaaaaaaa@practice.example")).startsWith(UNKNOWN);
        assertThat(send(address, report("delayed", "4.4.1", ""))).startsWith("250 ");
        assertThat(notices()).isEqualTo(before + 1);
        assertThat(send(address.toUpperCase(Locale.ROOT), report("failed", "5.2.2", "")))
                .startsWith("250 ");
        assertThat(send(address, report("failed", "5.1.1", ""))).startsWith("250 ");
        assertThat(send(address, report("delayed", "4.4.1", ""))).startsWith("250 ");
        assertThat(notices()).as("once for each").isEqualTo(before + 2);
        assertThat(send(address, report("relayed", "2.0.0", ""))).startsWith(NOT_OURS);
        assertThat(count("message where direction = 'from-client'"))
                .as("the report itself")
                .isEqualTo(mails);

        sql("update sent_parcel set left_at = left_at - interval '10 days'");
        assertThat(rcpt("", address)).as("ten days later").startsWith(UNKNOWN);
    }

    @Test
    void a_report_to_the_thread_counts_only_if_it_names_a_message_of_that_thread() throws Exception {
        String thread = client("dora");
        answer(thread, "dora-one");
        await().atMost(PATIENCE).until(() -> arrived("dora-one"));
        String other = client("emil");
        String id = outside.taken().stream()
                .filter(mail -> mail.contains("dora-one"))
                .findFirst()
                .orElseThrow()
                .replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1");
        long before = notices();

        String unknown = send(thread, report("failed", "5.1.1", "<not-ours@practice.example>"));
        assertThat(unknown).startsWith(NOT_OURS);
        assertThat(send(thread, report("failed", "5.1.1", ""))).isEqualTo(unknown);
        assertThat(send(other, report("failed", "5.1.1", id))).isEqualTo(unknown);
        assertThat(send(thread, "From: MAILER-DAEMON@provider.example\r\n\r\nfailed\r\n"))
                .isEqualTo(unknown);
        assertThat(notices()).isEqualTo(before);
        assertThat(send(thread, report("failed", "5.1.1", id))).startsWith("250 ");
        assertThat(notices()).isEqualTo(before + 1);
    }

    @Test
    void of_a_parcel_that_is_damaged_the_therapist_hears_once_and_health_counts_it() throws Exception {
        String thread = server.administrator().client(DR_BLOOM, "fred@provider.example", "Fred");
        String id = answer(thread, "fred-one");
        long before = notices();
        sql("update mail_queue set content_sealed = '\\x00', queue = 'spool', carriage = 'tls' where id = '" + id
                + "'");

        awaitCount(1, "mail_queue where queue = 'damaged' and damaged_told_at is not null and id = '" + id + "'");
        assertThat(notices()).isEqualTo(before + 1);
        await().atMost(PATIENCE).until(() -> server.administrator().metrics().contains("queue=\"damaged\"} 1.0"));
        sql("delete from mail_queue where id = '" + id + "'");
    }

    @Test
    void the_clients_identifiers_stay_and_the_therapists_never_leave_whatever_programs_they_use() throws Exception {
        String thread = client("gwen");
        String other = client("hugo");
        fromClient("gwen", thread, "<1@email.android.com>", "");
        fromClient("hugo", other, "<2@email.android.com>", "");

        String first = answered(
                thread, "gwen-one", "<9@email.android.com>", "<1@email.android.com> <2@email.android.com>", "<1@");
        assertThat(first).contains("In-Reply-To: <1@email.android.com>\r\n");
        assertThat(first).doesNotContain("<2@email.android.com>", "<9@email.android.com>");
        String ours = first.replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1");

        fromClient("gwen", thread, "<3@outlook.example>", ours);
        String references = "<1@email.android.com> " + ours + " <3@outlook.example>";
        String second = answered(thread, "gwen-two", "<7@DR-EXTRA-PC>", references, "<3@");
        assertThat(second.replaceAll("\r\n ", " ")).contains("References: " + references + "\r\n");
        String third =
                answered(thread, "gwen-three", "<8@phone.example>", "<9@email.android.com> <7@DR-EXTRA-PC>", "<7@");
        String latest = second.replaceAll("(?s).*Message-ID: (<[^>]*>).*", "$1");
        assertThat(third.replaceAll("\r\n ", " "))
                .contains("References: " + ours + " " + latest + "\r\n", "In-Reply-To: " + latest + "\r\n")
                .doesNotContain("EXTRA-PC", "phone.example", "android");
    }

    @Test
    void an_answer_to_a_client_whose_certificate_has_expired_on_file_waits_and_the_therapist_is_told()
            throws Exception {
        String thread = server.administrator().client(DR_BLOOM, "iris@provider.example", "Iris");
        byte[] expired = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(),
                        PublicKeyPacket.VERSION_4,
                        false,
                        Date.from(Instant.parse("2010-01-01T00:00:00Z")))
                .classicKey("iris@provider.example")
                .build()
                .toCertificate()
                .getEncoded();
        ServerKey key = new ServerKey(Files.readAllBytes(server.data().resolve("keys/spool.key")));
        UUID id = UUID.randomUUID();
        UUID threadId = UUID.fromString(one("select id::text from thread where address = '" + thread + "'"));
        sql("insert into client_key (id, thread_id, state, source, certificate_sealed, used_at) values ('" + id + "', '"
                + threadId + "', 'in-use', 'mail', '\\x"
                + HexFormat.of().formatHex(SealedColumns.CLIENT_CERTIFICATE.seal(key, expired, threadId, id, "in-use"))
                + "', clock_timestamp())");
        long before = notices();

        String first = answer(thread, "iris-one");
        assertThat(count("mail_queue where queue = 'waiting' and carriage = 'wait' and id = '" + first + "'"))
                .isEqualTo(1);
        // That the answer waits, and, at the login, that the key has expired; once, however often she logs in.
        await().atMost(PATIENCE).until(() -> notices() == before + 2);
        answer(thread, "iris-two");
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> notices() == before + 3);
        server.administrator().consent(thread, true);
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !arrived("iris-one"));
        server.administrator().noClientKey(thread);
        server.administrator().consent(thread, true);
        await().atMost(PATIENCE).until(() -> arrived("iris-one"));
    }

    private void fromClient(String name, String thread, String id, String answered) throws Exception {
        String address = name + "@provider.example";
        String mail = "From: " + address + "\r\nTo: " + thread + "\r\nSubject: Hello\r\nMessage-ID: " + id + "\r\n"
                + (answered.isEmpty() ? "" : "In-Reply-To: " + answered + "\r\n") + "\r\nHello\r\n";
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            assertThat(smtp.mail(address, thread, mail.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
    }

    /** Dr Bloom answers the identifier that begins so; returns what arrived. */
    private String answered(String thread, String word, String id, String references, String begin) throws Exception {
        String answered = Arrays.stream(references.split(" "))
                .filter(one -> one.startsWith(begin))
                .findFirst()
                .orElseThrow();
        String mail = "From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: Hello\r\nMessage-ID: " + id
                + "\r\nIn-Reply-To: " + answered + "\r\nReferences: " + references + "\r\n\r\n" + word + "\r\n";
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            assertThat(smtp.mail(DR_BLOOM, thread, mail.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
        await().atMost(PATIENCE).until(() -> arrived(word));
        return outside.taken().stream()
                .filter(one -> one.contains(word))
                .findFirst()
                .orElseThrow();
    }

    private String words(String who) {
        StringBuilder order = new StringBuilder();
        for (String mail : outside.taken()) {
            if (mail.contains("\r\n\r\n" + who + "-")) {
                order.append(mail.replaceAll("(?s).*\r\n\r\n" + who + "-([a-z]*).*", "$1 "));
            }
        }
        return order.toString();
    }

    private boolean arrived(String word) {
        return outside.taken().stream().anyMatch(mail -> mail.contains(word));
    }

    private static String report(String action, String status, String messageId) {
        return "From: Mail Delivery Subsystem <MAILER-DAEMON@provider.example>\r\nSubject: Returned\r\n"
                + "MIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nsorry\r\n"
                + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.provider.example\r\n\r\n"
                + "Final-Recipient: rfc822; alice@provider.example\r\nAction: " + action + "\r\nStatus: " + status
                + "\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                + (messageId.isEmpty() ? "" : "Message-ID: " + messageId + "\r\n") + "\r\n--b--\r\n";
    }

    private String rcpt(String sender, String recipient) throws Exception {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            return smtp.expect("250", "MAIL FROM:<" + sender + ">").command("RCPT TO:<" + recipient + ">");
        }
    }

    private String send(String recipient, String mail) throws Exception {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            return smtp.mail("", recipient, mail.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Dr Bloom answers; returns the parcel's id, or nothing if it has left already. */
    private String answer(String thread, String word) throws Exception {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            String mail = "From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: Hello\r\nMessage-ID: <" + word
                    + "@practice.example>\r\n\r\n" + word + "\r\n";
            assertThat(smtp.mail(DR_BLOOM, thread, mail.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
        return one("select q.id::text from mail_queue q join thread t on t.id = q.thread_id where t.address = '"
                + thread + "' order by q.sequence desc limit 1");
    }

    private void awaitCount(long expected, String what) {
        await().atMost(PATIENCE).until(() -> count(what) == expected);
    }

    private long notices() throws Exception {
        return count("message where direction = 'notice'");
    }

    private long count(String what) throws Exception {
        return Long.parseLong(one("select count(*)::text from " + what));
    }

    private String one(String query) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void sql(String command) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(command);
        }
    }
}
