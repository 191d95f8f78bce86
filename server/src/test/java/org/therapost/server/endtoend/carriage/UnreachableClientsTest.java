package org.therapost.server.endtoend.carriage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.EarlierRelease;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** Clients whose mailbox was entered when rules for addresses were laxer. */
@Tag("integration")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class UnreachableClientsTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestDns dns;
    private ServerProcess server;
    private String alices = "";
    private String brunos = "";
    private int letters;

    @BeforeEach
    void a_practice_of_an_earlier_release(@TempDir Path folder) throws Exception {
        dns = TestDns.start();
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of(
                        "inbound.trusted-networks",
                        "127.0.0.1",
                        "dns.servers",
                        "127.0.0.1:" + dns.address().getPort()));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        alices = server.administrator().client(DR_BLOOM, "alice@provider.example", "Alice");
        brunos = server.administrator().client(DR_BLOOM, "bruno@provider.example", "Bruno");
        server.administrator().consent(alices, true);
        server.administrator().consent(brunos, true);
        EarlierRelease.enterMailbox(server, alices, "alice@u_1.example");
        server.stop();
        server.start();
    }

    @AfterEach
    void the_server_stops() throws Exception {
        server.close();
        dns.close();
    }

    @Test
    void staff_and_therapist_learn_of_them_once_and_nothing_is_taken_for_them_until_there_is_another_mailbox()
            throws Exception {
        assertThat(status().path("unreachableClients")).hasSize(1);
        assertThat(status().path("unreachableClients").path(0).asText()).isEqualTo(alices);
        assertThat(status().path("checks").toString())
                .contains("1 clients have a mailbox to which no mail can be sent");
        assertThat(status().path("ready").asBoolean()).isTrue();
        assertThat(notes()).isEqualTo(1);
        assertThat(submit(alices)).startsWith("550 5.1.3").contains("ask your client for another address");
        assertThat(submit(brunos)).as("nobody else is concerned").startsWith("250 ");
        assertThat(write("mallory@mailbox.invalid")).startsWith("550 ");
        assertThat(write("refused@mailbox.invalid")).startsWith("550 ");

        server.stop();
        server.start();
        assertThat(notes()).as("after a restart").isEqualTo(1);

        mailboxes("POST", "alice@work.example");
        mailboxes("PUT", "alice@work.example");
        assertThat(status().path("unreachableClients")).isEmpty();
        assertThat(submit(alices)).startsWith("250 ");
        assertThat(write("alice@work.example")).startsWith("250 ");
        assertThat(mailboxes("GET", "").path("primary").asText()).isEqualTo("alice@work.example");
        assertThat(mailboxes("GET", "").path("further")).isEmpty();
    }

    private JsonNode status() throws Exception {
        return ask("GET", "/status", "{}");
    }

    private JsonNode mailboxes(String method, String mailbox) throws Exception {
        return ask(method, "/threads/" + alices + "/mailboxes", "{\"mailbox\":\"" + mailbox + "\"}");
    }

    private JsonNode ask(String method, String path, String body) throws Exception {
        return JSON.readTree(
                server.administrator().send(method, path, body.getBytes(UTF_8)).body());
    }

    private long notes() throws IOException {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT INBOX");
            return program.ok("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").fetched().stream()
                    .map(line -> new String(line.literal(), UTF_8))
                    .filter(subject -> subject.contains("Alice: Mail cannot reach your client"))
                    .count();
        }
    }

    private String submit(String recipient) throws IOException {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO laptop.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
            return smtp.mail(
                    DR_BLOOM,
                    recipient,
                    "From: " + DR_BLOOM + "\r\nTo: " + recipient + "\r\nSubject: Answer " + ++letters
                            + "\r\n\r\nGood.\r\n");
        }
    }

    private String write(String author) throws IOException {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            return smtp.mail(
                    author,
                    alices,
                    "From: " + author + "\r\nTo: " + alices + "\r\nSubject: Letter " + ++letters
                            + "\r\n\r\nI slept.\r\n");
        }
    }
}
