package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.mailets.dns.TestDns;

/** Sessions as both sides see them: mail programs, calendars and a mailbox outside, against a server in its own process. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SessionTest {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTest.class);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HELD = 40;
    private static final Pattern SUBJECT = Pattern.compile("(?im)^Subject: (.*)$");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess server;
    private String thread = "";

    @BeforeEach
    void a_live_thread_that_holds_mail(@TempDir Path folder) throws Exception {
        dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1");
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of(
                        "dns.servers",
                        "127.0.0.1:" + dns.address().getPort(),
                        "inbound.trusted-networks",
                        "127.0.0.1",
                        "relay.smarthost",
                        OutsideServer.HOST,
                        "relay.port",
                        String.valueOf(outside.port()),
                        "relay.trust-certificates",
                        outside.certificate().toString(),
                        "sessions.zone",
                        "Europe/London"));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
        server.administrator().consent(thread, true);
        server.administrator().contract(thread, Map.of("mode", "live", "policy", "hold", "grace", "0m"));
    }

    @AfterEach
    void all_servers_stop() throws Exception {
        server.close();
        outside.close();
        dns.close();
    }

    @Test
    void an_invitation_makes_a_session_that_holds_releases_carries_and_closes() throws Exception {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        bloomSends(invitation(0, tomorrow));
        String invitation = nextToAlice(1);
        assertThat(invitation).contains("text/calendar").doesNotContain("Grief").doesNotContain(DR_BLOOM);

        alice("Re: hello", "Yes\r\n", "In-Reply-To: " + id(invitation) + "\r\n");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(window(0).path("state").asText()).isEqualTo("confirmed"));

        for (int i = 1; i <= 5; i++) {
            alice("Early " + i, "I long to tell you.\r\n", "");
        }
        // A machine answers as well, and must not be answered.
        alice("Early 6", "I am away.\r\n", "Auto-Submitted: auto-replied\r\n");
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isEqualTo(6);
        assertThat(subjects("Clients/Alice")).noneMatch(subject -> subject.startsWith("Early"));
        String notice = nextToAlice(2);
        assertThat(notice)
                .contains("Auto-Submitted: auto-replied")
                .contains("Subject: ")
                .doesNotContain("Early")
                .doesNotContain("long to tell");

        try (RawImap idle = server.imaps().login(DR_BLOOM, PASSWORD)) {
            idle.ok("SELECT INBOX");
            idle.idle();
            bloomSends(invitation(1, Instant.now().plusSeconds(3)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(early("Clients/Alice"))
                    .containsExactly("Early 1", "Early 2", "Early 3", "Early 4", "Early 5", "Early 6"));
            awaitExists(idle);
            idle.done();
        }
        assertThat(early("INBOX")).containsExactlyElementsOf(early("Clients/Alice"));
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isZero();

        alice("Live", "Here I am.\r\n", "");
        assertThat(subjects("INBOX")).contains("Live");
        int before = outside.taken().size();
        bloomSends("Subject: Welcome\r\n\r\nGood to hear from you.\r\n");
        await().atMost(PATIENCE).until(() -> outside.taken().stream()
                .skip(before)
                .anyMatch(mail -> mail.contains("Good to hear from you.")));

        bloomSends(invitation(2, tomorrow));
        await().atMost(PATIENCE)
                .until(() -> server.administrator().sessions(thread).path("windows").findValuesAsText("state").stream()
                        .noneMatch("open"::equals));
        alice("Late", "One more thing.\r\n", "");
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isEqualTo(1);
        assertThat(subjects("Clients/Alice")).doesNotContain("Late");
    }

    @Test
    void a_command_that_is_mailed_to_the_thread_is_carried_out_and_not_sent_to_the_client() throws Exception {
        alice("Early", "Hello?\r\n", "");
        bloomSends("Subject: session propose "
                + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                        .withZone(java.time.ZoneId.of("Europe/London"))
                        .format(Instant.now().plus(Duration.ofDays(2)))
                + "\r\n\r\n");
        nextToAlice(1);
        alice("Held", "Are you there?\r\n", "");
        assertThat(subjects("Clients/Alice")).contains("Early").doesNotContain("Held");

        bloomSends("Subject: session open 20\r\n\r\n");

        assertThat(window(0).path("state").asText()).isEqualTo("open");
        assertThat(subjects("Clients/Alice")).contains("Held");
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("session open"));
    }

    @Test
    void a_kill_in_the_middle_of_a_release_leaves_each_message_exactly_once() throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        LOG.info("seed of the crash: {} (again with -Dcrash.seed={})", seed, seed);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        bloomSends(invitation(0, tomorrow));
        for (int i = 0; i < HELD; i++) {
            alice("Early " + i, "Number " + i + "\r\n", "");
        }
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isEqualTo(HELD);
        Instant opens = Instant.now().plusSeconds(2);
        bloomSends(invitation(1, opens));
        Duration untilThen = Duration.between(Instant.now(), opens);
        TimeUnit.MILLISECONDS.sleep(Math.max(0, untilThen.toMillis()) + new Random(seed).nextInt(700));
        server.kill();
        server.start();

        List<String> all = IntStream.range(0, HELD).mapToObj(i -> "Early " + i).toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(early("Clients/Alice")).hasSize(HELD));
        assertThat(early("Clients/Alice")).as("seed " + seed).containsExactlyElementsOf(all);
        assertThat(early("INBOX")).as("seed " + seed).containsExactlyElementsOf(all);
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isZero();
    }

    private com.fasterxml.jackson.databind.JsonNode window(int index) throws Exception {
        return server.administrator().sessions(thread).path("windows").path(index);
    }

    private void alice(String subject, String text, String fields) throws IOException {
        String mail = "From: Alice <" + ALICE + ">\r\nTo: " + thread + "\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + System.nanoTime() + "@provider.example>\r\n" + fields
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text;
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.mail(ALICE, thread, mail)).startsWith("250 ");
        }
    }

    private void bloomSends(String rest) throws IOException {
        String mail = "From: Dr Bloom <" + DR_BLOOM + ">\r\nTo: " + thread + "\r\nMessage-ID: <" + System.nanoTime()
                + "@practice.example>\r\nMIME-Version: 1.0\r\n" + rest;
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
            assertThat(smtp.mail(DR_BLOOM, thread, mail)).startsWith("250 ");
        }
    }

    /** As a calendar program sends it. */
    private String invitation(int sequence, Instant opens) {
        return String.join(
                "\r\n",
                "Subject: Grief, one hour",
                "Content-Type: multipart/alternative; boundary=\"b\"",
                "",
                "--b",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "Grief, one hour",
                "--b",
                "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
                "",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//A calendar//EN",
                "METHOD:REQUEST",
                "BEGIN:VEVENT",
                "UID:7f3a@calendar.practice.example",
                "SEQUENCE:" + sequence,
                "DTSTAMP:" + UTC.format(Instant.now()),
                "DTSTART:" + UTC.format(opens),
                "DTEND:" + UTC.format(opens.plus(Duration.ofMinutes(50))),
                "SUMMARY:Grief, one hour",
                "ORGANIZER:mailto:" + DR_BLOOM,
                "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:" + thread,
                "END:VEVENT",
                "END:VCALENDAR",
                "--b--",
                "");
    }

    /** The so many-th message that Alice got. */
    private String nextToAlice(int count) {
        await().atMost(PATIENCE).until(() -> outside.taken().size() >= count);
        assertThat(outside.taken()).hasSize(count);
        return outside.taken().get(count - 1);
    }

    private static String id(String mail) {
        Matcher id = MESSAGE_ID.matcher(mail);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private List<String> early(String folder) throws IOException {
        return subjects(folder).stream()
                .filter(subject -> subject.startsWith("Early "))
                .toList();
    }

    private List<String> subjects(String folder) throws IOException {
        List<String> subjects = new ArrayList<>();
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT " + RawImap.quoted(folder));
            for (RawImap.Line line :
                    imap.ok("UID FETCH 1:* (BODY.PEEK[HEADER])").fetched()) {
                Matcher subject = SUBJECT.matcher(new String(line.literal(), StandardCharsets.UTF_8));
                subjects.add(subject.find() ? subject.group(1).strip() : "");
            }
        }
        return subjects;
    }

    /** Waits until the server has said by itself that something is new. */
    private static void awaitExists(RawImap idle) throws IOException {
        String line;
        do {
            line = idle.line().text();
        } while (!line.contains("EXISTS"));
    }
}
