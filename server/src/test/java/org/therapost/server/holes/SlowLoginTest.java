package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.holes.ServerUnderTest.LOGIN;
import static org.therapost.server.holes.ServerUnderTest.PASSWORD;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.server.limits.LoginSettings;

/** Who mistypes a password waits a little, and gets in: in each of the ways to log in. And what TLS is there for. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowLoginTest {

    private static final String PLAIN =
            Base64.getEncoder().encodeToString(("\0" + LOGIN + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private AssembledTherapost server;

    @BeforeAll
    void one_failure_is_free(@TempDir Path folder) throws Exception {
        server = AssembledTherapost.start(folder, Map.of(LoginSettings.FAILURES, "1", LoginSettings.DELAY, "1 s"));
    }

    @AfterAll
    void the_server_stops() {
        server.close();
    }

    @Test
    void login_is_answered_later() throws Exception {
        try (Peer imap = mistyped("127.1.1.1")) {
            assertThat(imap.command("b", "LOGIN " + LOGIN + " \"" + PASSWORD + "\""))
                    .contains("b OK");
            assertThat(imap.command("c", "SELECT INBOX")).contains("c OK");
        }
    }

    @Test
    void authenticate_with_an_initial_response_is_answered_later() throws Exception {
        try (Peer imap = mistyped("127.1.2.1")) {
            assertThat(imap.command("b", "AUTHENTICATE PLAIN " + PLAIN)).contains("b OK");
            assertThat(imap.command("c", "SELECT INBOX")).contains("c OK");
        }
    }

    @Test
    void authenticate_that_asks_for_the_response_is_answered_later() throws Exception {
        try (Peer imap = mistyped("127.1.3.1")) {
            assertThat(imap.command("b", "AUTHENTICATE PLAIN")).startsWith("+");
            assertThat(imap.send(PLAIN + "\r\n").completion("b")).contains("b OK");
            assertThat(imap.command("c", "SELECT INBOX")).contains("c OK");
        }
    }

    @Test
    void authenticate_is_cancelled_by_an_asterisk() throws Exception {
        try (Peer imap = server.imap("127.1.4.1")) {
            assertThat(imap.command("a", "AUTHENTICATE PLAIN")).startsWith("+");
            assertThat(imap.send("*\r\n").completion("a")).contains("a BAD");
            assertThat(imap.command("b", "NOOP")).contains("b OK");
        }
    }

    @Test
    void three_wrong_passwords_end_the_connection() throws Exception {
        try (Peer imap = mistyped("127.1.5.1")) {
            assertThat(imap.command("b", "LOGIN " + LOGIN + " wrong")).contains("b NO LOGIN failed.");
            imap.send("c LOGIN " + LOGIN + " wrong\r\n");
            assertThat(imap.line()).startsWith("* BYE");
            assertThat(imap.line()).isEqualTo(Peer.END);
        }
    }

    @Test
    void an_unknown_login_gets_the_answer_of_a_wrong_password() throws Exception {
        try (Peer imap = server.imap("127.1.6.1");
                Peer other = mistyped("127.1.7.1")) {
            String unknown = imap.command("a", "LOGIN nobody@practice.example wrong");
            String wrong = other.command("a", "LOGIN " + LOGIN + " wrong");
            assertThat(unknown).isEqualTo(wrong).startsWith("a NO LOGIN failed.");
        }
    }

    @Test
    void a_login_that_cannot_be_read_is_wrong_and_no_end_of_the_conversation() throws Exception {
        try (Peer submission = server.submission()) {
            submission.ask("EHLO mail-program.example");
            for (String login : new String[] {"=", "", "!!!"}) {
                assertThat(submission.ask("AUTH LOGIN")).startsWith("334 ");
                String reply = submission.ask(login);
                assertThat(reply.startsWith("334 ") ? submission.ask("=") : reply)
                        .startsWith("535 ");
            }
            assertThat(submission.ask("AUTH LOGIN =")).startsWith("535 ");
            assertThat(submission.ask("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void submission_is_answered_later() throws Exception {
        try (Peer submission = server.submission()) {
            submission.ask("EHLO mail-program.example");
            String wrong =
                    Base64.getEncoder().encodeToString(("\0" + LOGIN + "\0wrong").getBytes(StandardCharsets.UTF_8));
            assertThat(submission.ask("AUTH PLAIN " + wrong)).startsWith("535 ");
            assertThat(submission.ask("AUTH PLAIN " + PLAIN)).startsWith("235 ");
            assertThat(submission.ask("MAIL FROM:<" + LOGIN + ">")).startsWith("250 ");
        }
    }

    @Test
    void no_password_is_asked_for_or_taken_in_clear() throws Exception {
        try (Peer submission = server.clearSubmission();
                Peer imap = server.clearImap()) {
            assertThat(submission.ask("EHLO mail-program.example"))
                    .contains("STARTTLS")
                    .doesNotContain("AUTH");
            assertThat(submission.ask("AUTH PLAIN " + PLAIN)).startsWith("5");
            assertThat(imap.command("a", "CAPABILITY"))
                    .contains("LOGINDISABLED")
                    .doesNotContain("AUTH=PLAIN");
            assertThat(imap.command("b", "LOGIN " + LOGIN + " \"" + PASSWORD + "\""))
                    .contains("b NO");
            assertThat(imap.command("c", "AUTHENTICATE PLAIN " + PLAIN)).contains("c NO");
        }
    }

    /** CVE-2011-0411 and its kin. */
    @Test
    void what_was_said_in_clear_behind_starttls_is_not_heard() throws Exception {
        try (Peer smtp = server.clearSubmission()) {
            smtp.ask("EHLO mail-program.example");
            assertThat(smtp.ask("STARTTLS\r\nEHLO injected.example\r\nNOOP")).startsWith("220 ");
            assertThat(smtp.over(server.tls()).ask("EHLO real.example"))
                    .contains("real.example")
                    .doesNotContain("injected");
            assertThat(smtp.ask("RSET")).startsWith("250 ");
        }
        try (Peer imap = server.clearImap()) {
            assertThat(imap.command("a", "STARTTLS\r\nb LOGOUT\r\nc NOOP")).contains("a OK");
            assertThat(imap.over(server.tls()).command("d", "NOOP")).startsWith("d OK");
        }
    }

    private Peer mistyped(String from) throws Exception {
        Peer imap = server.imap(from);
        assertThat(imap.command("a", "LOGIN " + LOGIN + " wrong")).contains("a NO LOGIN failed.");
        return imap;
    }
}
