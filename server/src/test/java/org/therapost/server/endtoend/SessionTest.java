package org.therapost.server.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.mailets.dns.TestDns;

/** Sessions as both sides see them: mail programs, calendars and a mailbox outside, against a server in its own process. */
@Tag("integration")
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
    void a_command_that_is_mailed_to_the_office_is_carried_out_and_not_sent_to_the_client() throws Exception {
        alice("Early", "Hello?\r\n", "");
        bloomOrders("session propose "
                + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                        .withZone(ZoneId.of("Europe/London"))
                        .format(Instant.now().plus(Duration.ofDays(2)))
                + " Alice");
        nextToAlice(1);
        alice("Held", "Are you there?\r\n", "");
        assertThat(subjects("Clients/Alice")).contains("Early").doesNotContain("Held");

        bloomOrders("session open 20 Alice");

        assertThat(window(0).path("state").asText()).isEqualTo("open");
        assertThat(subjects("Clients/Alice")).contains("Held");
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("session open"));
        assertThat(subjects("Clients/Alice")).noneMatch(subject -> subject.startsWith("session"));

        bloomOrders("SESSION opne 20 Alice");
        assertThat(subjects("INBOX")).contains("Alice: Not understood");
        String answer = field("INBOX", "Alice: Your command", MESSAGE_ID);
        bloomSendsTo(
                "office@practice.example",
                "Subject: Re: Alice: Your command\r\nIn-Reply-To: " + answer
                        + "\r\nContent-Type: text/plain\r\n\r\nextend 10\r\n\r\n> Done.\r\n");
        assertThat(window(0).path("closes").asText()).isNotEmpty();
        bloomSends("Subject: Hello\r\n\r\nHere I am.\r\n");
        await().atMost(PATIENCE).until(() -> outside.taken().stream().anyMatch(mail -> mail.contains("Here I am.")));
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("extend 10"));
    }

    @Test
    void whatever_its_subject_a_letter_goes_to_the_client_and_a_reply_to_a_note_does_not() throws Exception {
        bloomSends("Subject: session cancel\r\n\r\nI must cancel the session, I am sorry.\r\n");
        assertThat(nextToAlice(1)).contains("Subject: session cancel").contains("I must cancel");

        bloomOrders("session list Alice");
        String note = field("INBOX", "Alice: Your command", MESSAGE_ID);
        assertThat(bloom(thread, "Subject: Re: Alice: Your command\r\nIn-Reply-To: " + note + "\r\n\r\nI see.\r\n"))
                .startsWith("550 ")
                .contains("a note that is for you alone");
        assertThat(outside.taken()).hasSize(1);
    }

    @Test
    void an_answer_that_is_to_be_sent_at_the_open_leaves_then_and_not_before() throws Exception {
        bloomSends(invitation(0, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS)));
        nextToAlice(1);
        bloomSends("Subject: Re: [At Open] Welcome\r\n\r\nLet us begin.\r\n");
        bloomSends("Subject: Before\r\n\r\nThis one leaves now.\r\n");
        assertThat(nextToAlice(2)).contains("This one leaves now.");
        assertThat(subjects("Clients/Alice")).contains("Re: [At Open] Welcome");

        bloomOrders("session open Alice");

        // The answer, and until when the window is open.
        nextToAlice(4);
        assertThat(outside.taken().subList(2, 4))
                .anySatisfy(mail ->
                        assertThat(mail).contains("Subject: Re: Welcome\r\n").contains("Let us begin."))
                .anySatisfy(mail -> assertThat(mail)
                        .contains("Auto-Submitted: auto-generated", "Subject: Open now", "You need do nothing"));
    }

    @Test
    void returned_mail_is_told_never_shown_and_erased_after_a_day() throws Exception {
        server.administrator().contract(thread, Map.of("policy", "return"));
        bloomSends(invitation(0, Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS)));
        nextToAlice(1);
        long before = server.administrator().messages(thread);
        alice("Early", "I long to tell you.\r\n", "");
        assertThat(nextToAlice(2))
                .contains("Auto-Submitted: auto-replied", "Subject: Your message was not passed on")
                .doesNotContain("Early", "long to tell");
        assertThat(server.administrator().messages(thread)).isEqualTo(before + 1);

        bloomOrders("session open Alice");
        alice("Live", "Here I am.\r\n", "");
        assertThat(subjects("Clients/Alice")).contains("Live").doesNotContain("Early");

        long all = server.administrator().messages(thread);
        // Nothing is erased before the client's server has taken the notice.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(fates()).containsExactly("erase"));
        try (var sql = server.sql();
                var statement = sql.createStatement()) {
            assertThat(statement.executeUpdate("update held_message set until = clock_timestamp()"))
                    .isEqualTo(1);
            statement.executeUpdate("update scheduled_tasks set execution_time = clock_timestamp()"
                    + " where task_name = 'wake' and not picked");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(server.administrator().messages(thread)).isEqualTo(all - 1));
        assertThat(subjects("Clients/Alice")).contains("Live").doesNotContain("Early");
    }

    private List<String> fates() throws Exception {
        List<String> fates = new ArrayList<>();
        try (var sql = server.sql();
                var rows = sql.createStatement().executeQuery("select fate from held_message")) {
            while (rows.next()) {
                fates.add(rows.getString(1));
            }
        }
        return fates;
    }

    @Test
    void mail_from_another_mailbox_is_refused_and_the_enrolled_one_gets_one_hint() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (RawSmtp smtp = server.smtp().expect("250", "EHLO elsewhere.example")) {
                assertThat(smtp.mail(
                                "alice@elsewhere.example",
                                thread,
                                "From: alice@elsewhere.example\r\nSubject: From my other address\r\n\r\nHello?\r\n"))
                        .startsWith("550 ");
            }
        }
        assertThat(nextToAlice(1))
                .contains("Subject: A message from another address")
                .doesNotContain("elsewhere", "other address\r\n\r\nHello");
        bloomSends("Subject: Later\r\n\r\nA word.\r\n");
        assertThat(nextToAlice(2)).contains("A word.");
        assertThat(server.administrator().messages(thread)).isEqualTo(1);
    }

    @Test
    void a_simulation_tells_what_will_happen_and_touches_nothing() throws Exception {
        ZoneId london = ZoneId.of("Europe/London");
        server.administrator().settings(thread, Map.of("zone", "America/New_York"));
        // The clocks change on Sundays: a session on that very day would have the new offset already.
        LocalDate first = LocalDate.now(london).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
        bloomSends(invitation(
                0,
                "DTSTART;TZID=Europe/London:" + first.format(DateTimeFormatter.BASIC_ISO_DATE) + "T180000",
                "DURATION:PT50M",
                "RRULE:FREQ=WEEKLY"));
        nextToAlice(1);
        String known = server.administrator().sessions(thread).toString();
        ZoneOffsetTransition change =
                london.getRules().nextTransition(Instant.now().plus(Duration.ofDays(70)));
        LocalDate changed = change.getDateTimeBefore().toLocalDate();
        LocalDate after = changed.with(TemporalAdjusters.next(first.getDayOfWeek()));

        List<String> lines = server.administrator()
                .simulation(
                        thread,
                        changed.minusDays(45).toString(),
                        changed.plusDays(10).toString());

        assertThat(lines)
                .anyMatch(line -> line.contains(after.minusWeeks(1) + " 18:00 " + offset(change.getOffsetBefore()))
                        && line.contains("proposed -> open"))
                .anyMatch(line -> line.contains(after + " 18:00 " + offset(change.getOffsetAfter()))
                        && line.contains("proposed -> open"))
                .anyMatch(line -> line.contains("notice to the client: clocks change"))
                .noneMatch(line -> line.contains(changed.minusDays(46).toString()));
        assertThat(server.administrator().sessions(thread)).hasToString(known);
        assertThat(outside.taken()).hasSize(1);
        for (String to : List.of("soon", "2027-02-30", "2999-01-01", LocalDate.EPOCH.toString(), "")) {
            HttpResponse<byte[]> refused = server.administrator()
                    .send("POST", "/threads/" + thread + "/simulation", ("{\"to\":\"" + to + "\"}").getBytes(UTF_8));
            assertThat(refused.statusCode()).as(to).isEqualTo(400);
        }
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

    private static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
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

    private void bloomOrders(String command) throws IOException {
        bloomSendsTo("office@practice.example", "Subject: " + command + "\r\n\r\n");
    }

    private void bloomSends(String rest) throws IOException {
        bloomSendsTo(thread, rest);
    }

    private void bloomSendsTo(String address, String rest) throws IOException {
        assertThat(bloom(address, rest)).startsWith("250 ");
    }

    /** What the server says to a mail of Dr Bloom's. */
    private String bloom(String address, String rest) throws IOException {
        String mail = "From: Dr Bloom <" + DR_BLOOM + ">\r\nTo: " + address + "\r\nMessage-ID: <" + System.nanoTime()
                + "@laptop.example>\r\nMIME-Version: 1.0\r\n" + rest;
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
            return smtp.mail(DR_BLOOM, address, mail);
        }
    }

    /** As a calendar program sends it. */
    private String invitation(int sequence, Instant opens) {
        return invitation(
                sequence, "DTSTART:" + UTC.format(opens), "DTEND:" + UTC.format(opens.plus(Duration.ofMinutes(50))));
    }

    private String invitation(int sequence, String... times) {
        return String.join(
                "\r\n",
                "Subject: Session, one hour",
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
                String.join("\r\n", times),
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
        return headers(folder).stream()
                .map(header -> found(SUBJECT, header).strip())
                .toList();
    }

    /** What a pattern finds in the header of the newest message with a subject. */
    private String field(String folder, String subject, Pattern pattern) throws IOException {
        return headers(folder).stream()
                .filter(header -> found(SUBJECT, header).strip().equals(subject))
                .reduce((one, newer) -> newer)
                .map(header -> found(pattern, header))
                .orElseThrow();
    }

    private static String found(Pattern pattern, String header) {
        Matcher match = pattern.matcher(header);
        return match.find() ? match.group(1) : "";
    }

    private List<String> headers(String folder) throws IOException {
        List<String> headers = new ArrayList<>();
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT " + RawImap.quoted(folder));
            for (RawImap.Line line :
                    imap.ok("UID FETCH 1:* (BODY.PEEK[HEADER])").fetched()) {
                headers.add(new String(line.literal(), UTF_8));
            }
        }
        return headers;
    }

    /** Waits until the server has said by itself that something is new. */
    private static void awaitExists(RawImap idle) throws IOException {
        String line;
        do {
            line = idle.line().text();
        } while (!line.contains("EXISTS"));
    }
}
