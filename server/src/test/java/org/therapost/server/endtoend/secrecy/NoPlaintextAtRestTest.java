package org.therapost.server.endtoend.secrecy;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.endtoend.RawImap.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.mailets.dns.TestDns;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.TestClientKeys;
import org.therapost.server.endtoend.Letter;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/**
 * One secret word goes through every journey, as part of each text, subject, file name, folder name, client's name and
 * address. Then everything on disk is searched for it while the server runs and after it has stopped: the data folder with
 * PostgreSQL's tables and log, temporary folders, what the server has printed.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoPlaintextAtRestTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String DR_KLEE = "klee@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final int LARGEST = 3 * 1024 * 1024;
    private static final int JOURNEYS = 1;
    private static final int SESSIONS = 2;
    private static final int SCAN = 3;

    // Letters that no other program's data begins a word with, and new ones for each run.
    private final MarkerScan markers = new MarkerScan("zq" + letters(9));
    private final String word = markers.word();
    private final String clientDomain = word + "mail.example";
    private final Instant begun = Instant.now().minusSeconds(1);
    private Path temporary = Path.of("");
    private ServerProcess server;
    private TestDns dns;
    private OutsideServer outside;

    @BeforeAll
    void a_practice_whose_clients_have_tellable_names(@TempDir Path folder) throws Exception {
        dns = TestDns.start()
                .txt(clientDomain, "v=spf1 ip4:127.0.0.1 -all")
                .txt("forged." + clientDomain, "v=spf1 -all")
                .failing(word + "failing.example")
                .address(OutsideServer.HOST, "127.0.0.1");
        // Not java.io.tmpdir: a server that was started in this virtual machine has changed it.
        temporary = folder.resolveSibling("");
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of(
                        "dns.servers",
                        "127.0.0.1:" + dns.address().getPort(),
                        "inbound.maximum-size",
                        LARGEST + " B",
                        "relay.smarthost",
                        OutsideServer.HOST,
                        "relay.port",
                        String.valueOf(outside.port()),
                        "relay.trust-certificates",
                        outside.certificate().toString(),
                        "log.level",
                        "debug"));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        server.administrator().therapist(DR_KLEE, "Dr Klee", PASSWORD, key("Dr Klee <" + DR_KLEE + ">"));
    }

    @AfterAll
    void all_servers_stop() throws Exception {
        server.close();
        outside.close();
        dns.close();
    }

    @Test
    @Order(JOURNEYS)
    void mail_is_filed() throws Exception {
        String alice = client(DR_BLOOM, "alice");
        Letter letter = new Letter(word, address("alice"), alice);
        try (RawSmtp smtp = peer()) {
            for (byte[] mail : List.of(
                    letter.plain("plain"),
                    letter.base64("base"),
                    letter.quotedPrintable("quoted"),
                    letter.withAttachment("large", 200_000),
                    letter.withAttachment("huge", 1_500_000))) {
                assertThat(smtp.mail(address("alice"), alice, mail)).startsWith("250 ");
            }
            String klees = client(DR_KLEE, "alice");
            byte[] own = new Letter(word, address("alice"), klees).withAttachment("own", 150_000);
            assertThat(smtp.mail(address("alice"), klees, own)).startsWith("250 ");
            byte[] enquiry = new Letter(word, address("stranger"), DR_BLOOM).plain("enquiry");
            assertThat(smtp.mail(address("stranger"), DR_BLOOM, enquiry)).startsWith("250 ");
        }
    }

    @Test
    @Order(JOURNEYS)
    void mail_is_refused() throws Exception {
        String alice = client(DR_BLOOM, "refuses");
        Letter letter = new Letter(word, address("refuses"), alice);
        try (RawSmtp smtp = peer()) {
            String sender = address("refuses");
            assertThat(smtp.mail(sender, word + "nobody@practice.example", letter.plain("unknown")))
                    .startsWith("550 5.1.1");
            assertThat(smtp.mail(sender, alice, new Letter(word, address("other"), alice).plain("other")))
                    .startsWith("550 5.7.1");
            String mallory = "mallory@forged." + clientDomain;
            assertThat(smtp.mail(mallory, alice, new Letter(word, mallory, alice).plain("forged")))
                    .startsWith("550 5.7.1");
            assertThat(smtp.mail("", alice, new Letter(word, "mailer-daemon@" + clientDomain, alice).plain("bounce")))
                    .startsWith("550 5.7.1");
            String unclear = word + "@" + word + "failing.example";
            assertThat(smtp.mail(unclear, DR_BLOOM, new Letter(word, unclear, DR_BLOOM).plain("unclear")))
                    .startsWith("451 ");
            assertThat(smtp.mail(sender, alice, letter.withAttachment("oversize", LARGEST + 100_000)))
                    .startsWith("552 ");
            assertThat(smtp.mail(sender, alice, letter.nested("nested", 60))).startsWith("554 5.6.0");
            assertThat(smtp.mail(sender, alice, letter.nested("bottomless", 1500)))
                    .startsWith("554 5.6.0");
            assertThat(smtp.mail(sender, alice, letter.travelled("looping", 60)))
                    .startsWith("554 5.4.6");
            assertThat(smtp.command("MAIL FROM:<" + word + " no address>")).startsWith("5");
            assertThat(smtp.command(word + " is no command")).startsWith("5");
        }
        smuggled(alice, letter.plain("smuggled"));
        cutOff(alice, letter.withAttachment("cut", 300_000));
    }

    private void smuggled(String thread, byte[] mail) throws IOException {
        try (RawSmtp smtp = peer()) {
            begin(smtp, thread).send(mail).send(("\n.\nMAIL FROM:<" + word + "@x.example>\r\n").getBytes(UTF_8));
            assertThat(smtp.reply()).startsWith("550 5.6.0");
        }
    }

    private void cutOff(String thread, byte[] mail) throws IOException {
        try (RawSmtp smtp = peer()) {
            begin(smtp, thread).send(Arrays.copyOf(mail, mail.length / 2));
        }
    }

    private RawSmtp begin(RawSmtp smtp, String thread) throws IOException {
        return smtp.expect("250", "MAIL FROM:<" + address("refuses") + ">")
                .expect("250", "RCPT TO:<" + thread + ">")
                .expect("354", "DATA");
    }

    @Test
    @Order(JOURNEYS)
    void answers_leave_or_wait() throws Exception {
        String sealed = client(DR_BLOOM, "sealed");
        byte[] key = key(word + " <" + address("sealed") + ">");
        server.administrator().clientKey(sealed, key);
        confirm(sealed, key);
        String clear = client(DR_BLOOM, "clear");
        server.administrator().consent(clear, true);
        String waits = client(DR_BLOOM, "waits");
        try (RawSmtp smtp = therapist()) {
            for (String thread : List.of(sealed, clear, waits)) {
                byte[] answer = new Letter(word, DR_BLOOM, thread).withAttachment("answer", 150_000);
                assertThat(smtp.mail(DR_BLOOM, thread, answer)).startsWith("250 ");
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> outside.taken().size() >= 2);
        assertThat(outside.taken().stream().filter(mail -> mail.contains(word + "answer")))
                .as("what left in clear, as its recipient has agreed to")
                .hasSize(1);
        assertThat(count("select count(*) from mail_queue where carriage = 'wait'"))
                .isEqualTo(1);
    }

    private void confirm(String thread, byte[] key) throws Exception {
        byte[] threads = server.administrator().certificate(thread).getBytes(UTF_8);
        String office = "office@practice.example";
        for (String said : List.of("", " " + word + " a b c d", " " + TestClientKeys.phrase(threads, key))) {
            String order = "From: " + DR_BLOOM + "\r\nTo: " + office + "\r\nSubject: confirm " + thread + said
                    + "\r\n\r\n" + word + "\r\n";
            try (RawSmtp smtp = therapist()) {
                assertThat(smtp.mail(DR_BLOOM, office, order.getBytes(UTF_8))).startsWith("250 ");
            }
        }
    }

    @Test
    @Order(JOURNEYS)
    void answers_are_refused() throws Exception {
        String one = client(DR_BLOOM, "one");
        String two = client(DR_BLOOM, "two");
        try (RawSmtp smtp = therapist()) {
            byte[] answer = new Letter(word, DR_BLOOM, one).plain("refused");
            assertThat(smtp.mail(DR_BLOOM, word + "@elsewhere.example", answer)).startsWith("550 ");
            assertThat(smtp.mail(DR_BLOOM, one, new Letter(word, address("one"), one).plain("other")))
                    .startsWith("553 ");
            assertThat(smtp.mail(DR_BLOOM, one, new Letter(word, DR_BLOOM, one + ", " + two).plain("two")))
                    .startsWith("550 ");
            assertThat(smtp.mail(DR_BLOOM, one, new Letter(word, DR_BLOOM, one).nested("nested", 60)))
                    .startsWith("554 ");
        }
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO " + word + ".example")) {
            assertThat(smtp.login(word + "@practice.example", word + "password"))
                    .startsWith("535 ");
        }
    }

    @Test
    @Order(JOURNEYS)
    void the_other_side_defers_and_refuses() throws Exception {
        long notices = count("select count(*) from message where direction = 'notice'");
        answered("deferred");
        answered("refused");
        await().atMost(Duration.ofSeconds(60)).until(() -> outside.turnedAway().size() >= 2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> count("select count(*) from message where direction = 'notice'") > notices);
    }

    @Test
    @Order(JOURNEYS)
    void a_mailet_throws() throws Exception {
        // The notice of a refused answer cannot be filed: the database says no, with the row in its message.
        execute("create sequence noes");
        execute("create function no() returns trigger language plpgsql as"
                + " $$ begin perform nextval('noes'); raise exception 'no: %', new; end $$");
        execute("create trigger no before insert on message for each row when (new.direction = 'notice')"
                + " execute function no()");
        // Nor can the parcel be put off.
        execute("create trigger no before update on mail_queue for each row when (new.not_before <> old.not_before)"
                + " execute function no()");
        try {
            answered("throws.refused");
            await().atMost(Duration.ofSeconds(60)).until(() -> count("select last_value from noes") >= 2);
        } finally {
            execute("drop trigger no on message");
            execute("drop trigger no on mail_queue");
        }
        // The tenth time it is not tried again.
        execute("update mail_queue set takes = 10, not_before = now(), lease = null, leased_until = null"
                + " where takes > 0 and carriage <> 'wait'");
        await().atMost(Duration.ofSeconds(60)).until(() -> count("select count(*) from mail_repository_item") > 0);
    }

    private void answered(String client) throws Exception {
        String thread = client(DR_BLOOM, client);
        server.administrator().consent(thread, true);
        try (RawSmtp smtp = therapist()) {
            byte[] answer = new Letter(word, DR_BLOOM, thread).withAttachment(client, 150_000);
            assertThat(smtp.mail(DR_BLOOM, thread, answer)).startsWith("250 ");
        }
    }

    @Test
    @Order(JOURNEYS)
    void a_mail_program_reads_and_writes() throws Exception {
        String thread = client(DR_BLOOM, "reads");
        Letter draft = new Letter(word, DR_BLOOM, thread);
        try (RawImap imap = server.imaps()) {
            imap.command("ID (\"name\" \"" + word + "\")");
            assertThat(imap.command("LOGIN " + word + "@practice.example " + word)
                            .completion())
                    .startsWith("NO");
            imap.login(DR_BLOOM, PASSWORD);
            String folder = word + "folder";
            imap.ok("CREATE " + folder);
            imap.ok("SUBSCRIBE " + folder + "/unmade");
            imap.append("Drafts", "\\Draft", draft.plain("draft"));
            imap.append("Drafts", "\\Draft " + word + "keyword", draft.withAttachment("heavy", 1_500_000));
            imap.append("Clients/" + word + "reads", "\\Seen", draft.plain("record"));
            imap.ok("SELECT Drafts");
            imap.ok("STORE 1 +FLAGS (" + word + "keyword)");
            for (String criterion : List.of("TEXT", "BODY", "SUBJECT", "FROM", "HEADER Message-ID", "KEYWORD")) {
                imap.ok("SEARCH " + criterion + " " + word + "draft");
                assertThat(imap.withLiteral("SEARCH CHARSET UTF-8 " + criterion, (word + "x").getBytes(UTF_8), "")
                                .completion())
                        .isNotEmpty();
            }
            imap.ok("FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY[])");
            imap.ok("COPY 1:2 " + folder);
            imap.ok("MOVE 1 Trash");
            imap.ok("RENAME " + folder + " " + word + "renamed");
            imap.command("SETMETADATA " + word + "renamed (/private/comment " + quoted(word + " comment") + ")");
            imap.command("SELECT " + word + "absent");
            imap.command("FETCH " + word);
            imap.command(word + " no command");
            imap.withLiteral("APPEND " + word + "absent", draft.plain("nowhere"), "");
        }
        try (RawImap imap = server.imaps().login(DR_KLEE, PASSWORD)) {
            imap.append("Drafts", "\\Draft", new Letter(word, DR_KLEE, DR_KLEE).withAttachment("sealed", 1_500_000));
            imap.ok("SELECT Drafts");
            imap.ok("FETCH 1 (ENVELOPE BODYSTRUCTURE BODY[])");
        }
    }

    @Test
    @Order(JOURNEYS)
    void an_administrator_errs() throws Exception {
        String thread = client(DR_BLOOM, "erring");
        for (String[] wrong : new String[][] {
            {"POST", "/clients", "{\"therapist\":\"" + DR_BLOOM + "\",\"email\":\"" + word + "\",\"name\":\"x\"}"},
            {
                "POST",
                "/clients",
                "{\"therapist\":\"" + DR_BLOOM + "\",\"email\":\"" + address("erring") + "\",\"name\":\"x\"}"
            },
            {
                "POST",
                "/clients",
                "{\"therapist\":\"" + word + "@practice.example\",\"email\":\"a@b.example\",\"name\":\"x\"}"
            },
            {
                "PUT",
                "/threads/" + thread + "/key",
                "{\"certificate\":\"" + Base64.getEncoder().encodeToString(word.getBytes(UTF_8)) + "\"}"
            },
            {"POST", "/clients", "{" + word}
        }) {
            assertThat(server.administrator()
                            .send(wrong[0], wrong[1], wrong[2].getBytes(UTF_8))
                            .statusCode())
                    .as(wrong[2])
                    .isEqualTo(400);
        }
    }

    @Test
    @Order(SESSIONS)
    void times_are_agreed_and_mail_waits_for_them() throws Exception {
        String thread = client(DR_BLOOM, "meets");
        server.administrator().consent(thread, true);
        server.administrator()
                .contract(
                        thread,
                        Map.of("mode", "live", "policy", "hold", "urgent-word", word, "back-up-plan", word + " plan"));
        String settings = "{\"crisis\":\"open\",\"crisis-text\":\"" + word + " crisis\"}";
        assertThat(server.administrator()
                        .send("PUT", "/threads/" + thread + "/settings", settings.getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(200);
        try (RawSmtp smtp = therapist()) {
            assertThat(smtp.mail(DR_BLOOM, thread, calendar(DR_BLOOM, thread, "REQUEST")))
                    .startsWith("250 ");
            byte[] unusable = new String(calendar(DR_BLOOM, thread, "REQUEST"), UTF_8)
                    .replaceAll("(?s)BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", "")
                    .getBytes(UTF_8);
            assertThat(smtp.mail(DR_BLOOM, thread, unusable)).startsWith("250 ");
        }
        try (RawSmtp smtp = peer()) {
            String sender = address("meets");
            assertThat(smtp.mail(sender, thread, calendar(sender, thread, "REPLY")))
                    .startsWith("250 ");
            byte[] early = new Letter(word, sender, thread).withAttachment("early", 150_000);
            assertThat(smtp.mail(sender, thread, early)).startsWith("250 ");
        }
        JsonNode sessions = server.administrator().sessions(thread);
        assertThat(sessions.path("windows").path(0).path("state").asText()).isEqualTo("confirmed");
        assertThat(sessions.path("held").asInt()).isEqualTo(1);
        assertThat(sessions.toString()).doesNotContain(word);
        execute("checkpoint");
        assertThat(describe(everywhere(markers))).as("while it is held").isEmpty();
        try (RawSmtp smtp = therapist()) {
            String office = "office@practice.example";
            String open = "From: " + DR_BLOOM + "\r\nTo: " + office + "\r\nSubject: session open 20 " + thread
                    + "\r\n\r\n" + word;
            assertThat(smtp.mail(DR_BLOOM, office, open.getBytes(UTF_8))).startsWith("250 ");
        }
        assertThat(server.administrator().sessions(thread).path("held").asInt()).isZero();
    }

    /** An event that is called by the word wherever a program could write it, every week from tomorrow on. */
    private byte[] calendar(String from, String thread, String method) {
        String start = "TZID=" + word + " zone:"
                + DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
                        .format(LocalDateTime.now(ZoneOffset.UTC).plusDays(1));
        return String.join(
                        "\r\n",
                        "From: " + from,
                        "To: " + thread,
                        "Subject: " + word + " event",
                        "MIME-Version: 1.0",
                        "Content-Type: text/calendar; charset=utf-8; method=" + method,
                        "",
                        "BEGIN:VCALENDAR",
                        "PRODID:-//" + word + "//EN",
                        "METHOD:" + method,
                        "BEGIN:VTIMEZONE",
                        "TZID:" + word + " zone",
                        "BEGIN:STANDARD",
                        "DTSTART:19700101T000000",
                        "TZOFFSETFROM:+0130",
                        "TZOFFSETTO:+0130",
                        "END:STANDARD",
                        "END:VTIMEZONE",
                        "BEGIN:VEVENT",
                        "UID:" + word + "-guest@calendar.example",
                        "DTSTAMP:20260101T000000Z",
                        "DTSTART;" + start,
                        "DURATION:PT50M",
                        "RRULE:FREQ=WEEKLY",
                        "SUMMARY:" + word + " event",
                        "DESCRIPTION:" + word + " description",
                        "LOCATION:" + word + " room",
                        "COMMENT:" + word + " comment",
                        "ORGANIZER;CN=" + word + ":mailto:" + DR_BLOOM,
                        "ATTENDEE;PARTSTAT=ACCEPTED;CN=" + word + ":mailto:" + address("meets"),
                        "END:VEVENT",
                        "END:VCALENDAR",
                        "")
                .getBytes(UTF_8);
    }

    @Test
    @Order(SCAN)
    void nothing_of_it_is_found_and_planted_words_are() throws Exception {
        execute("checkpoint");
        assertThat(describe(everywhere(markers))).isEmpty();
        MarkerScan controls = new MarkerScan("zk" + letters(9));
        List<Path> planted = plant(controls.word());
        execute("checkpoint");
        List<MarkerScan.Hit> found = everywhere(controls);
        assertThat(found.stream().map(hit -> form(hit)).distinct())
                .contains(
                        "table UTF-8",
                        "table UTF-16",
                        "table Base64",
                        "table hexadecimal",
                        "log UTF-8",
                        "file Base64",
                        "file quoted-printable");
        assertThat(found.stream().map(MarkerScan.Hit::file)).containsAll(planted);
        assertThat(server.stop()).isZero();
        assertThat(describe(everywhere(markers))).isEmpty();
        for (Path file : planted) {
            Files.delete(file);
        }
    }

    /** Leaves a word in clear where nothing should be: a table, the temporary folder of the system, the data folder. */
    private List<Path> plant(String control) throws SQLException, IOException {
        byte[] encoded = Base64.getEncoder().encode(("x" + control + " and more").getBytes(UTF_8));
        execute("create table control (plain text, wide bytea, encoded text, hex text)");
        execute("insert into control values ('" + control + "', '\\x"
                + HexFormat.of().formatHex(control.getBytes(UTF_16LE)) + "', '" + new String(encoded, UTF_8) + "', '"
                + HexFormat.of().formatHex(control.getBytes(UTF_8)) + "')");
        Path file = Files.createTempFile(temporary, "control", ".eml");
        Files.write(file, encoded);
        Path data = Files.createFile(server.data().resolve("control"));
        Files.writeString(data, HexFormat.of().withPrefix("=").formatHex(control.getBytes(UTF_8)));
        return List.of(file, data);
    }

    private String form(MarkerScan.Hit hit) {
        Path cluster = server.data().resolve("postgresql/cluster");
        String place = hit.file().startsWith(cluster.resolve("pg_wal"))
                ? "log "
                : hit.file().startsWith(cluster.resolve("base")) ? "table " : "file ";
        return place + hit.form();
    }

    private List<MarkerScan.Hit> everywhere(MarkerScan scan) throws IOException {
        List<MarkerScan.Hit> hits = new ArrayList<>(scan.below(server.folder()));
        scan.below(temporary, begun).stream()
                .filter(hit -> !hit.file().startsWith(server.folder()))
                .forEach(hits::add);
        return hits;
    }

    private String describe(List<MarkerScan.Hit> hits) {
        return hits.stream()
                .limit(40)
                .map(hit -> server.folder().relativize(hit.file()) + " at " + hit.offset() + " as " + hit.form() + ": "
                        + hit.context())
                .collect(Collectors.joining("\n"));
    }

    private RawSmtp peer() throws IOException {
        return server.smtp().expect("250", "EHLO mx." + clientDomain);
    }

    private RawSmtp therapist() throws IOException {
        RawSmtp smtp = server.submissions().expect("250", "EHLO " + word + ".example");
        assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
        return smtp;
    }

    private String address(String client) {
        return word + "." + client + "@" + clientDomain;
    }

    /** A client who is called by the word, at an address of the word, with a neutral thread. */
    private String client(String therapist, String name) throws IOException, InterruptedException {
        return server.administrator().client(therapist, address(name), word + name.replace('.', '-'));
    }

    private static byte[] key(String owner) {
        return new BouncyCastleKeys(Clock.systemUTC())
                .generate(owner)
                .certificate()
                .encoded();
    }

    private void execute(String statement) throws SQLException, IOException {
        try (Connection sql = server.sql();
                Statement one = sql.createStatement()) {
            one.execute(statement);
        }
    }

    private long count(String query) throws SQLException, IOException {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String letters(int count) {
        return ThreadLocalRandom.current()
                .ints(count, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
