package org.therapost.server.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The note "Messages held" gives way to a newer one with each mail that is held, also while Dr Bloom's program reads it. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HeldNoteTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final String HELD = "Subject: Alice: Messages held";
    private static final int LARGE = 6_000_000;
    private static final int ROUNDS = 30;

    private static ServerProcess server;
    private static String thread = "";
    private static int letters;

    @BeforeAll
    static void alice_writes_between_two_sessions(@TempDir Path folder) throws Exception {
        server = new ServerProcess(folder, Map.of("inbound.trusted-networks", "127.0.0.1")).start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
        server.administrator().contract(thread, Map.of("mode", "live", "policy", "hold", "zone", "Europe/London"));
        server.administrator()
                .command(
                        thread,
                        "propose "
                                + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                                        .withZone(ZoneId.of("Europe/London"))
                                        .format(Instant.now().plus(Duration.ofDays(3))));
        alice();
    }

    @AfterAll
    static void the_server_stops() throws Exception {
        server.close();
    }

    /** The server has found all rows, and waits for the program to take the large message, when the note behind it goes. */
    @ParameterizedTest
    @ValueSource(strings = {"FETCH 1:* ", "UID FETCH 1:* "})
    void a_note_that_is_replaced_in_the_middle_of_a_fetch_is_served_with_all_the_others(String fetch) throws Exception {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.append("INBOX", "\\Seen", large());
            alice();
            long before = replaced();
            long there = exists(program.ok("SELECT INBOX"));

            program.send("f " + fetch + "(UID RFC822.SIZE BODY.PEEK[])\r\n");
            RawImap.Line line = program.line();
            alice();
            assertThat(replaced()).isEqualTo(before + 1);

            String last = "";
            for (int number = 1; !line.text().startsWith("f "); line = program.line()) {
                if (line.text().contains(" FETCH ")) {
                    assertThat(line.text()).startsWith("* " + number++ + " FETCH ");
                    assertThat(line.number("RFC822.SIZE")).isEqualTo(line.literal().length);
                    last = new String(line.literal(), UTF_8);
                    there--;
                }
            }
            assertThat(line.text()).startsWith("f OK");
            assertThat(there).as("messages that were not served").isZero();
            assertThat(last).contains(HELD);
            assertThat(notes(program)).as("from now on").hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BODY.PEEK[]",
                "BODY[]",
                "BODY.PEEK[HEADER]",
                "BODY.PEEK[TEXT]<0.10>",
                "BODY.PEEK[1]",
                "ENVELOPE",
                "BODYSTRUCTURE",
                "FLAGS"
            })
    void a_program_that_has_not_heard_of_it_asks_for_the_replaced_note_and_goes_on(String item) throws Exception {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            alice();
            long number = exists(program.ok("SELECT INBOX"));
            alice();

            RawImap.Answer answer = program.command("FETCH " + number + " (" + item + ")");

            // RFC 3501 section 7.4.1: no EXPUNGE in a FETCH by numbers. RFC 2180 section 4.1: OK or NO, and what is
            // left.
            assertThat(answer.completion()).matches("(?s)(OK|NO) .*");
            assertThat(answer.text()).doesNotContain(" EXPUNGE", "SERVERBUG");
            String afterwards = program.ok("NOOP").text();
            assertThat(afterwards).contains("* " + number + " EXPUNGE");
            assertThat(answer.text() + afterwards).as("the newer note").contains(" EXISTS");
            assertThat(notes(program)).hasSize(1);
        }
    }

    @Test
    void programs_that_fetch_all_the_time_lose_neither_their_connection_nor_a_message() throws Exception {
        AtomicBoolean written = new AtomicBoolean();
        Thread alices = new Thread(() -> {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    alice();
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            } finally {
                written.set(true);
            }
        });
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.append("INBOX", "", "Subject: Kept\r\n\r\nOf Dr Bloom's own.\r\n".getBytes(UTF_8));
            program.ok("SELECT INBOX");
            alices.start();
            while (!written.get()) {
                RawImap.Answer answer = program.ok("UID FETCH 1:* (FLAGS RFC822.SIZE BODY.PEEK[])");
                for (RawImap.Line line : answer.fetched()) {
                    assertThat(line.number("RFC822.SIZE")).isEqualTo(line.literal().length);
                }
                assertThat(answer.fetched())
                        .extracting(line -> new String(line.literal(), UTF_8))
                        .as("her own message")
                        .anyMatch(mail -> mail.contains("Subject: Kept"));
            }
            alices.join();
            assertThat(notes(program)).singleElement().asString().contains(String.valueOf(letters));
        }
    }

    /** What the notes say that a program finds in INBOX. */
    private static List<String> notes(RawImap program) throws IOException {
        return program.ok("UID FETCH 1:* (BODY.PEEK[])").fetched().stream()
                .map(line -> new String(line.literal(), UTF_8))
                .filter(mail -> mail.contains(HELD))
                .toList();
    }

    private static long exists(RawImap.Answer selected) {
        return Long.parseLong(selected.with(" EXISTS").text().split(" ", 3)[1]);
    }

    private static long replaced() throws Exception {
        try (var sql = server.sql();
                var statement = sql.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from replaced_note")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static byte[] large() {
        return ("From: " + DR_BLOOM + "\r\nSubject: Large\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(LARGE / 78))
                .getBytes(UTF_8);
    }

    /** She writes too early: it is held, and the note says how many are. */
    private static void alice() throws IOException {
        int letter = ++letters;
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.mail(
                            ALICE,
                            thread,
                            "From: " + ALICE + "\r\nTo: " + thread + "\r\nSubject: Early\r\nMessage-ID: <" + letter
                                    + "@provider.example>\r\n\r\nI long to tell you.\r\n"))
                    .startsWith("250 ");
        }
    }
}
