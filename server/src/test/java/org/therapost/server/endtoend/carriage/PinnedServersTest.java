package org.therapost.server.endtoend.carriage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;
import org.therapost.storage.queue.ExchangerPinRows;

/**
 * Whose server takes answers in clear: the client's provider, and Mallory's host with a name and a certificate that are perfectly
 * valid. Who answers questions about MX records decides which of them is named.
 */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class PinnedServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String EVIL = "mx.evil.example";

    private TestDns dns;
    private OutsideServer provider;
    private OutsideServer mallory;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        provider = new OutsideServer(folder.resolve("provider"));
        mallory = new OutsideServer(
                folder.resolve("mallory"),
                EVIL,
                new InetSocketAddress(InetAddress.getByName("127.0.0.66"), provider.port()));
        dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1").address(EVIL, "127.0.0.66");
        Path authorities = folder.resolve("authorities.pem");
        Files.writeString(
                authorities, Files.readString(provider.certificate()) + Files.readString(mallory.certificate()));
        server = new ServerProcess(
                        folder.resolve("therapost"),
                        Map.of(
                                "dns.servers",
                                "127.0.0.1:" + dns.address().getPort(),
                                "relay.port",
                                String.valueOf(provider.port()),
                                "relay.trust-certificates",
                                authorities.toString()))
                .start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        mallory.close();
        provider.close();
        dns.close();
    }

    /** The attack, then its end. */
    @Test
    void an_answer_waits_when_dns_names_another_server_and_leaves_when_it_names_the_clients_again() throws Exception {
        String thread = client("alice");
        answer(thread, "alice-before");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "alice-before"));
        names("alice.example", EVIL);

        answer(thread, "alice-secret");
        answer(thread, "alice-second");
        awaitWaiting(thread);
        assertThat(arrivedAt(mallory, "alice")).isFalse();
        assertThat(provider.turnedAway()).noneMatch(recipient -> recipient.contains("alice"));
        assertThat(server.administrator().queue().findValuesAsText("place")).contains("new-server");
        assertThat(notes("Alice: Your message waits: another mail server"))
                .as("a moment's wrong answer of DNS is no news")
                .isEmpty();
        String named = untilTold(thread, "Alice: Your message waits: another mail server");
        assertThat(notes("Alice: Your message waits: another mail server").get(0))
                .contains(named, "accept new server");
        later(thread, "9 days");
        awaitWaiting(thread);
        assertThat(notes("could not be delivered")).as("it is not given up").isEmpty();
        assertThat(arrivedAt(mallory, "alice")).isFalse();

        names("alice.example", OutsideServer.HOST);
        later(thread, "1 minute");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "alice-second"));
        assertThat(provider.taken().stream().filter(mail -> mail.contains("alice-s")))
                .extracting(mail -> mail.contains("alice-secret"))
                .as("in order")
                .containsExactly(true, false);
        assertThat(arrivedAt(mallory, "alice")).isFalse();
        assertThat(notes("Alice: Your message waits: another mail server")).hasSize(1);
    }

    /** Many attempts, and each finds another name: she hears before four hours are over, whatever it is. */
    private String untilTold(String thread, String subject) throws Exception {
        String named = EVIL;
        for (int attempt = 1; attempt <= 12 && notes(subject).isEmpty(); attempt++) {
            named = "mx" + attempt + ".evil.example";
            names("alice.example", named);
            later(thread, "20 minutes");
            awaitWaiting(thread);
        }
        awaitNotes(subject, 1);
        return named;
    }

    /** In a session she is told at once. Bruno says on the telephone that he moved. */
    @Test
    void in_an_open_window_the_therapist_hears_at_once_and_accepts_the_new_server_by_a_reply() throws Exception {
        String thread = client("bruno");
        server.administrator().command(thread, "open 50");
        await().atMost(PATIENCE).until(() -> count("session_window where state = 'open'") > 0);
        names("bruno.example", EVIL);
        answer(thread, "bruno-hello");
        awaitNotes("Bruno: Your message waits: another mail server", 1);
        String note = notes("Bruno: Your message waits: another mail server").get(0);
        String id = note.replaceAll("(?s).*Message-ID: (<[^>]+>).*", "$1");
        assertThat(mallory.taken()).noneMatch(mail -> mail.contains("bruno"));

        submit(
                "office@practice.example",
                "Subject: Re: Bruno: Your message waits: another mail server\r\nIn-Reply-To: " + id,
                "accept new server\r\n\r\n> quoted");
        await().atMost(PATIENCE).until(() -> arrivedAt(mallory, "bruno-hello"));
        awaitNotes("Bruno: New mail server accepted", 1);
        answer(thread, "bruno-more");
        await().atMost(PATIENCE).until(() -> arrivedAt(mallory, "bruno-more"));

        submit("office@practice.example", "Subject: accept new server Bruno", "");
        awaitNotes("Bruno: No new mail server", 1);
    }

    /** Dora moved and does not say so; she writes, and three days pass. */
    @Test
    void new_servers_are_adopted_after_three_days_when_the_client_has_written_since() throws Exception {
        String thread = client("dora");
        names("dora.example", EVIL);
        answer(thread, "dora-hello");
        awaitWaiting(thread);
        later(thread, "73 hours");
        awaitWaiting(thread);
        awaitNotes("Dora: Your message waits: another mail server", 1);
        later(thread, "73 hours");
        awaitWaiting(thread);
        assertThat(mallory.taken()).as("nobody wrote").noneMatch(mail -> mail.contains("dora"));

        dns.txt("dora.example", "v=spf1 ip4:127.0.0.1 -all");
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.dora.example")) {
            assertThat(smtp.mail(
                            "dora@dora.example",
                            thread,
                            ("From: dora@dora.example\r\nTo: " + thread
                                            + "\r\nSubject: Hello\r\nMessage-ID: <1@dora.example>\r\n\r\nI moved\r\n")
                                    .getBytes(US_ASCII)))
                    .startsWith("250 ");
        }
        later(thread, "1 minute");
        await().atMost(PATIENCE).until(() -> arrivedAt(mallory, "dora-hello"));
    }

    /** Mallory's server beside the known one, which is away: nothing goes there, and Dr Bloom hears of it. */
    @Test
    void servers_beside_the_known_ones_get_nothing_and_the_therapist_is_told() throws Exception {
        String thread = client("emil");
        dns.forget("emil.example").mx("emil.example", 10, EVIL).mx("emil.example", 20, OutsideServer.HOST);
        Thread.sleep(1_500);
        answer(thread, "emil-one");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "emil-one"));
        String subject = "Emil: Another mail server is named beside the known ones";
        assertThat(notes(subject)).isEmpty();

        later(thread, "5 hours");
        answer(thread, "emil-two");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "emil-two"));
        awaitNotes(subject, 1);
        assertThat(notes(subject).get(0)).contains(EVIL, OutsideServer.HOST, "accept new server");
        later(thread, "5 hours");
        answer(thread, "emil-three");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "emil-three"));
        assertThat(notes(subject)).hasSize(1);
        assertThat(mallory.taken()).noneMatch(mail -> mail.contains("emil"));
    }

    /** Fred takes his consent back while an answer waits for his server. */
    @Test
    void what_was_to_leave_by_a_consent_that_is_revoked_waits_for_the_next_one_and_leaves_once() throws Exception {
        String thread = client("fred");
        provider.busy(true);
        answer(thread, "fred-secret");
        await().atMost(PATIENCE)
                .until(() -> count(parcels(thread, "spool") + " and q.attempts > 0 and q.lease is null") == 1);

        server.administrator().consent(thread, false);
        provider.busy(false);
        server.administrator().retryAll();
        assertThat(count(parcels(thread, "waiting") + " and q.carriage = 'wait'"))
                .isOne();
        String witness = client("gina");
        answer(witness, "gina-hello");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "gina-hello"));
        assertThat(arrivedAt(provider, "fred-secret")).isFalse();
        assertThat(count("exchanger_pin p join thread t on t.id = p.thread_id where t.address = '" + thread + "'"))
                .isZero();

        server.administrator().consent(thread, true);
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "fred-secret"));
        await().atMost(PATIENCE).until(() -> count(parcels(thread, "spool")) == 0);
        assertThat(provider.taken())
                .filteredOn(mail -> mail.contains("fred-secret"))
                .hasSize(1);
    }

    private static String parcels(String thread, String queue) {
        return "mail_queue q join thread t on t.id = q.thread_id where t.address = '" + thread + "' and q.queue = '"
                + queue + "'";
    }

    @Test
    void a_consent_is_not_recorded_while_dns_does_not_answer() throws Exception {
        dns.failing("carol.example");
        String thread = server.administrator().client(DR_BLOOM, "carol@carol.example", "Carol");

        assertThat(server.administrator()
                        .send("PUT", "/threads/" + thread + "/consent", "{\"given\":true}".getBytes(US_ASCII))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(count("tls_consent c join thread t on t.id = c.thread_id where t.address = '" + thread + "'"))
                .isZero();
    }

    private String client(String name) throws Exception {
        dns.mx(name + ".example", 10, OutsideServer.HOST);
        String display = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        String thread = server.administrator().client(DR_BLOOM, name + "@" + name + ".example", display);
        server.administrator().consent(thread, true);
        return thread;
    }

    /** From now on DNS answers so. Records live a second. */
    private void names(String domain, String exchanger) throws Exception {
        dns.forget(domain).mx(domain, 10, exchanger);
        Thread.sleep(1_500);
    }

    private void answer(String thread, String word) throws Exception {
        submit(thread, "Subject: Hello", word);
    }

    private void submit(String to, String fields, String text) throws Exception {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            String mail = "From: " + DR_BLOOM + "\r\nTo: " + to + "\r\nMessage-ID: <" + System.nanoTime()
                    + "@practice.example>\r\n" + fields + "\r\n\r\n" + text + "\r\n";
            assertThat(smtp.mail(DR_BLOOM, to, mail.getBytes(US_ASCII))).startsWith("250 ");
        }
    }

    private static boolean arrivedAt(OutsideServer outside, String word) {
        return outside.taken().stream().anyMatch(mail -> mail.contains(word));
    }

    private void awaitWaiting(String thread) {
        await().atMost(PATIENCE)
                .until(() -> count("mail_queue q join thread t on t.id = q.thread_id where t.address = '" + thread
                                + "' and q.server_waited_at is not null and q.lease is null"
                                + " and q.not_before > clock_timestamp()")
                        >= 1);
    }

    private void awaitNotes(String subject, int expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(notes(subject)).hasSize(expected));
    }

    /** The notes of that subject, as her program gets them. */
    private List<String> notes(String subject) throws Exception {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT INBOX");
            return program.ok("UID FETCH 1:* (BODY.PEEK[])").fetched().stream()
                    .map(line -> new String(line.literal(), ISO_8859_1).replace("=\r\n", ""))
                    .filter(mail -> mail.replace("\r\n ", " ").contains("Subject: " + subject))
                    .toList();
        }
    }

    /** So much time passes for what waits, and for what it waits for, and its pause is over. */
    private void later(String thread, String span) throws Exception {
        ServerKey key = new ServerKey(Files.readAllBytes(server.data().resolve("keys/spool.key")));
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update mail_queue set enqueued_at = enqueued_at - interval '" + span
                    + "', server_waited_at = server_waited_at - interval '" + span
                    + "' where thread_id = (select id from thread where address = '" + thread + "')");
            DSLContext on = DSL.using(connection, SQLDialect.POSTGRES);
            UUID id = on.fetchSingle("select id from thread where address = ?", thread)
                    .into(UUID.class);
            Duration passed =
                    Duration.ofMinutes(on.fetchSingle("select extract(epoch from interval '" + span + "') / 60")
                            .into(Long.class));
            on.transaction(transaction -> new ExchangerPinRows(key)
                    .change(
                            transaction.dsl(),
                            new ThreadId(id),
                            (pin, now, lastMail) -> new ExchangerPin(
                                    pin.pinned(),
                                    pin.candidate().map(others -> aged(others, passed)),
                                    pin.unpinned())));
        }
        server.administrator().retryAll();
    }

    /** Seen for the first time so much sooner, and looked at ever since. */
    private static NewExchangers aged(NewExchangers others, Duration passed) {
        return new NewExchangers(
                others.exchangers(),
                others.since().minus(passed),
                others.seenAt(),
                others.toldAt().map(told -> told.minus(passed)));
    }

    private long count(String what) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getLong(1);
        }
    }
}
