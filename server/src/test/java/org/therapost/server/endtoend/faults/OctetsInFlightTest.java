package org.therapost.server.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.endtoend.RawImap.quoted;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** A server with room for little: large messages are put off, and nothing else is. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OctetsInFlightTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String ALICE = "alice@provider.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final int ROOM = 512 * 1024;

    private ServerProcess server;
    private String thread;

    @BeforeAll
    void a_server_with_room_for_half_a_megabyte(@TempDir Path folder) throws Exception {
        server = new ServerProcess(
                        folder,
                        Map.of(
                                "inbound.trusted-networks",
                                "127.0.0.1",
                                "memory.in-flight",
                                ROOM * OctetsInFlight.COPIES + " B"))
                .start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
    }

    @AfterAll
    void the_server_stops() throws Exception {
        server.close();
    }

    @AfterEach
    void all_room_is_given_back() throws Exception {
        awaitInFlight(false);
    }

    @Test
    void a_message_beyond_the_room_is_put_off_once_and_the_next_small_one_is_filed() throws Exception {
        long before = server.administrator().messages(thread);
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.mail(ALICE, thread, mail(4 * ROOM))).startsWith("452 4.3.1 ");
            assertThat(smtp.hasMore()).isFalse();
            assertThat(smtp.mail(ALICE, thread, mail(2000))).startsWith("250 ");
            assertThat(smtp.mail(ALICE, thread, mail(ROOM / 2))).startsWith("250 ");
            assertThat(smtp.mail(ALICE, thread, mail(2 * ROOM))).startsWith("452 4.3.1 ");
            smtp.expect("250", "NOOP");
        }
        assertThat(server.administrator().messages(thread)).isEqualTo(before + 2);
    }

    @Test
    void one_endless_line_is_put_off_too_and_what_is_dropped_is_no_command() throws Exception {
        long before = server.administrator().messages(thread);
        String smuggled = "\n.\nRSET\r\n.\rRSET\r\n..\r\n";
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            smtp.expect("250", "MAIL FROM:<" + ALICE + ">")
                    .expect("250", "RCPT TO:<" + thread + ">")
                    .expect("354", "DATA");
            smtp.send(("x".repeat(4 * ROOM) + smuggled + "\r\n.\r\nNOOP\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(smtp.reply()).startsWith("452 4.3.1 ");
            assertThat(smtp.reply()).startsWith("250 ");
            assertThat(smtp.hasMore()).isFalse();
            smtp.expect("503", "DATA");
        }
        assertThat(server.administrator().messages(thread)).isEqualTo(before);
    }

    @Test
    void a_connection_that_is_cut_in_the_middle_gives_its_room_back() throws Exception {
        byte[] half = mail(ROOM / 2);
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            smtp.expect("250", "MAIL FROM:<" + ALICE + ">")
                    .expect("250", "RCPT TO:<" + thread + ">")
                    .expect("354", "DATA")
                    .send(half);
            awaitInFlight(true);
        }
        awaitInFlight(false);
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.send("a APPEND INBOX {" + half.length + "+}\r\nFrom: ");
            awaitInFlight(true);
        }
    }

    @Test
    void an_appended_message_beyond_the_room_is_refused_and_the_session_is_in_step() throws Exception {
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            assertThat(imap.withLiteral("APPEND Drafts", mail(2 * ROOM), "").completion())
                    .startsWith("NO [LIMIT]");
            imap.ok("NOOP");
            // Sent unasked: read, dropped, refused.
            byte[] large = mail(2 * ROOM);
            String unasked = "APPEND Drafts {" + large.length + "+}\r\n" + new String(large, StandardCharsets.US_ASCII);
            assertThat(imap.command(unasked).completion()).startsWith("NO [LIMIT]");
            imap.ok("NOOP");
            imap.append("Drafts", "", mail(ROOM / 2));
            imap.append("Drafts", "", mail(2000));
            assertThat(imap.ok("STATUS " + quoted("Drafts") + " (MESSAGES)").text())
                    .contains("MESSAGES 2");
        }
    }

    /** Waits until something is in flight, or nothing; the server notices the end of a connection in its own time. */
    private void awaitInFlight(boolean something) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (inFlight() > 0 != something) {
            assertThat(System.nanoTime()).as("in flight: " + inFlight()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private double inFlight() throws Exception {
        Matcher gauge = Pattern.compile("(?m)^therapost_memory_in_flight (\\S+)$")
                .matcher(server.administrator().metrics());
        assertThat(gauge.find()).isTrue();
        return Double.parseDouble(gauge.group(1));
    }

    private byte[] mail(int size) {
        String header = "From: Alice <" + ALICE + ">\r\nTo: " + thread + "\r\nSubject: Large\r\nMessage-ID: <"
                + System.nanoTime() + "@provider.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\n";
        String line = "x".repeat(76) + "\r\n";
        return (header + line.repeat(size / line.length())).getBytes(StandardCharsets.US_ASCII);
    }
}
