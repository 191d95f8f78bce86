package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
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
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.TestClientKeys;

/** Mail of the largest size that is taken, in and out, in the memory that the launcher gives to a server. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class LargestMailTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    // inbound.maximum-size as it is shipped.
    private static final int LARGEST = 37_748_736;
    private static final int LITTLE_LESS = LARGEST - 64 * 1024;

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

    /** A file of 26 MB, as a mail program attaches it. */
    private static byte[] mail(String from, String to, String word) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream(LARGEST);
        mail.writeBytes(("From: " + from + "\r\nTo: " + to + "\r\nSubject: Scans\r\nMessage-ID: <" + word
                        + "@provider.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\nContent-Type: text/plain\r\n\r\n" + word + "\r\n--b\r\n"
                        + "Content-Type: application/pdf; name=scans.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] file = new byte[LITTLE_LESS / 78 * 57];
        new Random(word.hashCode()).nextBytes(file);
        mail.writeBytes(Base64.getMimeEncoder().encode(file));
        mail.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(mail.size()).isBetween(LARGEST - 128 * 1024, LARGEST);
        return mail.toByteArray();
    }

    private String send(String thread, String word) throws Exception {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            return smtp.mail(DR_BLOOM, thread, mail(DR_BLOOM, thread, word));
        }
    }

    private void confirm(String thread, byte[] certificate) throws Exception {
        byte[] threads = server.administrator().certificate(thread).getBytes(StandardCharsets.US_ASCII);
        String order = "From: " + DR_BLOOM + "\r\nTo: office@practice.example\r\nSubject: confirm Bruno "
                + TestClientKeys.phrase(threads, certificate) + "\r\n\r\n";
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            assertThat(smtp.mail(DR_BLOOM, "office@practice.example", order.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
    }

    private void awaitTaken(int count) {
        await().atMost(PATIENCE).until(() -> outside.taken().size() >= count);
    }

    @Test
    void the_largest_mail_comes_in_is_read_and_goes_out_by_both_carriages() throws Exception {
        String consents = server.administrator().client(DR_BLOOM, "alice@provider.example", "Alice");
        server.administrator().consent(consents, true);
        String encrypts = server.administrator().client(DR_BLOOM, "bruno@provider.example", "Bruno");
        byte[] brunos = certificate();
        server.administrator().clientKey(encrypts, brunos);
        confirm(encrypts, brunos);
        byte[] letter = mail("alice@provider.example", consents, "from-alice");
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            assertThat(smtp.mail("alice@provider.example", consents, letter)).startsWith("250 ");
        }

        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            String folder = imap.ok("LIST \"\" \"Clients/%\"").untagged().stream()
                    .map(RawImap.Line::text)
                    .filter(line -> line.contains("Alice"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("(?s).* (\"[^\"]*\"|\\S+)$", "$1");
            imap.ok("SELECT " + folder);
            byte[] read = imap.ok("FETCH 1 BODY.PEEK[]").with("BODY[]").literal();
            assertThat(Arrays.equals(read, letter)).as("its octets").isTrue();
            assertThat(imap.ok("FETCH 1 BODY.PEEK[2]").with("BODY[2]").literal().length)
                    .isGreaterThan(LITTLE_LESS - 1024 * 1024);
        }

        assertThat(send(consents, "to-alice")).startsWith("250 ");
        awaitTaken(1);
        assertThat(outside.taken().get(0)).contains("to-alice");
        assertThat(send(encrypts, "to-bruno")).startsWith("250 ");
        awaitTaken(2);
        assertThat(outside.taken().get(1))
                .contains("-----BEGIN PGP MESSAGE-----")
                .doesNotContain("to-bruno");
        assertThat(server.administrator().ready())
                .as("it is still the same server")
                .isTrue();
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle asks for one.
    private static byte[] certificate() throws Exception {
        return new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, new java.util.Date())
                .classicKey("bruno@provider.example")
                .build()
                .toCertificate()
                .getEncoded();
    }
}
