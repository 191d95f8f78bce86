package org.therapost.server.outsiders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.therapost.server.endtoend.secrecy.MarkerScan;
import org.therapost.server.outsiders.openpgp.Program;
import org.therapost.server.pipeline.PipelineSettings;

/**
 * Debian's clamd and SpamAssassin as an operator's filters. clamd knows one signature, the EICAR pattern, and SpamAssassin one rule,
 * the GTUBE pattern: both are the test's own, and nothing is downloaded.
 */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiltersOfPeersTest {

    private static final String ALICE = "alice@provider.example";

    // In two halves, so that no scanner takes this file for what it tests.
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";
    private static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-" + "ANTI-UBE-TEST-EMAIL*C.34X";
    private static final String SECRET = "rhododendronwinter";

    private Practice practice;
    private Path clamd;
    private Path spamd;
    private Path running;
    private String thread;
    private int clamdPort;
    private int spamdPort;
    private final List<Process> programs = new java.util.ArrayList<>();

    @BeforeAll
    void the_practice_opens_behind_both() throws Exception {
        clamdPort = Practice.freePort();
        spamdPort = Practice.freePort();
        running = Files.createTempDirectory("filters");
        // spamd reads its rules as nobody.
        Program.ok(running, "chmod", "755", running);
        clamd = Files.createDirectories(running.resolve("clamd"));
        spamd = Files.createDirectories(running.resolve("spamd"));
        Path file = Files.writeString(running.resolve("mailetcontainer.xml"), pipelines());
        practice = Practice.open(Map.of(PipelineSettings.FILE, file.toString())).withDrBloom();
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
        thread = practice.client(ALICE, "Alice");
    }

    /** The shipped file with the filters that it shows in comments. */
    private String pipelines() throws IOException {
        return Files.readString(Path.of("../config/mailetcontainer.xml"))
                .replaceAll("<!-- Filters: [^<]*", "")
                .replaceAll("(?s)(<processor state=\"inbound\">.*?)-->(.*?)-->", "$1$2")
                .replace("127.0.0.1:3310", "127.0.0.1:" + clamdPort)
                .replace("127.0.0.1:783", "127.0.0.1:" + spamdPort);
    }

    @AfterAll
    void all_end() throws Exception {
        programs.forEach(program -> {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly();
        });
        practice.close();
        Program.remove(running);
    }

    @Test
    void clamd_refuses_malware_spamassassin_marks_spam_neither_keeps_a_word_and_without_them_mail_waits()
            throws Exception {
        assertTryAgain("nobody scans yet");
        startClamd();
        assertTryAgain("nobody rates yet");
        startSpamd();

        assertThatThrownBy(() -> practice.receive(ALICE, thread, withAttachment(EICAR)))
                .hasMessageContaining("550 5.7.1 Not accepted: this message carries malware");
        practice.receive(ALICE, thread, withAttachment("harmless " + SECRET));
        practice.receive(ALICE, thread, Mails.plain(ALICE, GTUBE + "\r\n"));

        List<String> filed = practice.mailProgram().messages("Clients/Alice").stream()
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .toList();
        assertThat(filed).hasSize(2);
        assertThat(filed)
                .anySatisfy(mail -> assertThat(mail)
                        .startsWith("X-Spam-Status: No, score=0.0 required=5.0\r\n")
                        .endsWith(withAttachment("harmless " + SECRET)))
                .anySatisfy(mail -> assertThat(mail)
                        .contains("X-Spam-Status: Yes, score=1000.0 required=5.0\r\n")
                        .contains("X-Spam-Flag: YES\r\n")
                        .endsWith(Mails.plain(ALICE, GTUBE + "\r\n")));
        for (Path folder : List.of(running, practice.folder("data"))) {
            assertThat(new MarkerScan(SECRET).below(folder)).isEmpty();
        }

        programs.get(0).destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !listens(clamdPort));
        assertTryAgain("nobody scans any more");
    }

    private void assertTryAgain(String text) throws Exception {
        assertThatThrownBy(() -> practice.receive(ALICE, thread, Mails.plain(ALICE, text + "\r\n")))
                .hasMessageContaining("451 4.3.0");
        assertThat(practice.mailProgram().messages("Clients/Alice"))
                .noneMatch(octets -> new String(octets, StandardCharsets.UTF_8).contains(text));
    }

    private static String withAttachment(String content) {
        return "From: " + ALICE + "\r\nTo: " + DR_BLOOM
                + "\r\nSubject: file\r\nDate: Tue, 1 Dec 2026 10:00:00 +0000\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n"
                + "--b\r\nContent-Type: application/octet-stream; name=file.com\r\n"
                + "Content-Disposition: attachment; filename=file.com\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.US_ASCII)) + "\r\n--b--\r\n";
    }

    private void startClamd() throws IOException {
        Path signatures = Files.createDirectories(clamd.resolve("db"));
        Path temporary = Files.createDirectories(clamd.resolve("tmp"));
        Files.writeString(
                signatures.resolve("own.ndb"),
                "Own.Eicar:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII)) + "\n");
        Path settings = Files.write(
                clamd.resolve("clamd.conf"),
                List.of(
                        "DatabaseDirectory " + signatures,
                        "TemporaryDirectory " + temporary,
                        "LogFile " + clamd.resolve("log"),
                        "TCPSocket " + clamdPort,
                        "TCPAddr 127.0.0.1",
                        "LeaveTemporaryFiles no",
                        "Foreground yes"));
        start(clamd, clamdPort, "clamd", "-c", settings.toString());
    }

    private void startSpamd() throws IOException {
        Path rules = Files.createDirectories(spamd.resolve("rules"));
        Files.writeString(rules.resolve("init.pre"), "loadplugin Mail::SpamAssassin::Plugin::Check\n");
        Files.write(
                rules.resolve("own.cf"),
                List.of(
                        "required_score 5",
                        "use_bayes 0",
                        "body OWN_GTUBE /" + GTUBE.replaceAll("([*.])", "\\\\$1") + "/",
                        "score OWN_GTUBE 1000"));
        String options = "--local --nouser-config --syslog=null --max-children=1 --min-children=1 --listen=127.0.0.1"
                + " --port=" + spamdPort + " --configpath=" + rules + " --siteconfigpath=" + rules;
        List<String> command = new java.util.ArrayList<>(List.of("spamd"));
        command.addAll(List.of(options.split(" ")));
        start(spamd, spamdPort, command.toArray(String[]::new));
    }

    private void start(Path folder, int port, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        try {
            programs.add(builder.start());
        } catch (IOException missing) {
            throw new AssertionError(command[0] + " is needed for the tests tagged peers; install it", missing);
        }
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> listens(port));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(command[0] + ": " + Files.readString(folder.resolve("output")), never);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
