package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;
import static org.therapost.server.outsiders.Practice.PASSWORD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.server.outsiders.openpgp.Gpg;
import org.therapost.server.outsiders.openpgp.PgpMime;
import org.therapost.server.outsiders.openpgp.Program;

/** A real Postfix is the clients' provider, in both directions. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostfixTest {

    private static final String TEXT = "Dear Alice,\r\n\r\n> I slept better.\r\nGood to hear.\r\n.\r\nDr Bloom\r\n";

    private Path folder;
    private Postfix postfix;
    private Practice practice;

    @BeforeAll
    void practice_and_providers_open() throws Exception {
        folder = Files.createTempDirectory("tp");
        postfix = Postfix.in(Files.createDirectory(folder.resolve("postfix")));
        practice = Practice.open(Map.of(
                        RelaySettings.PORT, String.valueOf(postfix.port()),
                        RelaySettings.TRUST_CERTIFICATES, postfix.authority().toString()))
                .withDrBloom();
        practice.dns()
                .txt("provider.example", "v=spf1 ip4:127.0.0.1 -all")
                .mx("provider.example", 10, "mx.provider.example")
                .address("mx.provider.example", "127.0.0.1")
                .mx("shabby.example", 10, "mx.shabby.example")
                .address("mx.shabby.example", "127.0.0.2")
                .mx("plain.example", 10, "mx.plain.example")
                .address("mx.plain.example", "127.0.0.3");
        postfix.start(practice.addresses().smtp().getPort());
    }

    @AfterAll
    void they_close() throws Exception {
        postfix.close();
        practice.close();
        Program.remove(folder);
    }

    @Test
    void a_client_s_provider_delivers_over_tls_and_the_mail_is_in_the_thread() throws Exception {
        String thread = practice.client("bruno@provider.example", "Bruno");
        hand("bruno@provider.example", thread, "Good morning,\r\n\r\nBruno\r\n");
        patiently().untilAsserted(() -> assertThat(postfix.log())
                .containsPattern("to=<" + thread + ">.*status=sent \\(250 2\\.0\\.0 Accepted\\)"));
        assertThat(postfix.log())
                .contains("TLS connection established to 127.0.0.1[127.0.0.1]:"
                        + practice.addresses().smtp().getPort() + ": TLSv1.3");
        List<byte[]> folder = practice.mailProgram().messages("Clients/Bruno");
        assertThat(folder).hasSize(1);
        assertThat(text(folder.get(0)))
                .contains("Received: from ")
                .contains("by mail.provider.example (Postfix)")
                .endsWith("\r\n\r\nGood morning,\r\n\r\nBruno\r\n");
    }

    @Test
    void a_provider_whose_user_writes_into_another_s_thread_gives_the_mail_back() throws Exception {
        String thread = practice.client("carla@provider.example", "Carla");
        hand("bruno@provider.example", thread, "This is not my room.\r\n");
        patiently().untilAsserted(() -> assertThat(postfix.log())
                .containsPattern("to=<" + thread + ">.*status=bounced .*said: 550 5\\.7\\.1 Not accepted"));
        assertThat(practice.recorded(thread)).isZero();
    }

    @Test
    void with_consent_an_answer_is_carried_over_verified_tls() throws Exception {
        String thread = practice.client("alice@provider.example", "Alice");
        practice.command("client", "consent", thread, "--carriage", "tls");
        submit(thread, TEXT);
        String arrived = arrived("alice", "provider.example");
        assertThat(arrived)
                .contains("Received: from localhost")
                .containsPattern("\\(using TLSv1\\.3 with cipher ")
                .contains("From: " + thread + "\r\n")
                .contains("DKIM-Signature:")
                .endsWith("\r\n\r\n" + TEXT)
                .doesNotContain(DR_BLOOM);
        assertThat(Dkim.verify(practice, arrived)).isTrue();
        assertThat(Dkim.verify(practice, arrived.replace("Good to hear", "Sad to hear")))
                .isFalse();
    }

    @Test
    void with_consent_but_without_a_certificate_to_trust_an_answer_waits_and_never_leaves_in_clear() throws Exception {
        for (String domain : List.of("shabby.example", "plain.example")) {
            String thread = practice.client("bruno@" + domain, "Bruno of " + domain.replace(".example", ""));
            practice.command("client", "consent", thread, "--carriage", "tls");
            submit(thread, TEXT);
            patiently()
                    .untilAsserted(() -> assertThat(deferred(thread)).as(domain).isTrue());
            assertThat(practice.recorded(thread)).isEqualTo(1);
            assertThat(postfix.mailbox("bruno", domain)).isEmpty();
            assertThat(postfix.log()).doesNotContain("from=<" + thread + ">");
        }
    }

    @Test
    void an_answer_that_is_encrypted_to_the_client_goes_to_whatever_server_there_is() throws Exception {
        for (String domain : List.of("shabby.example", "plain.example")) {
            String carla = "carla@" + domain;
            String thread = practice.client(carla, "Carla of " + domain.replace(".example", ""));
            try (Gpg gpg = new Gpg(folder, domain)) {
                practice.command(
                        "client",
                        "key",
                        "add",
                        thread,
                        Files.write(folder.resolve(domain + ".asc"), gpg.newKey(carla))
                                .toString());
                practice.confirmKey(thread);
                submit(thread, TEXT);
                String arrived = arrived("carla", domain);
                assertThat(arrived).doesNotContain("slept better", "Words for you");
                // The store of that server keeps lines with LF.
                byte[] certificate =
                        OwnKeysTest.autocrypt(arrived.replace("\r\n", "\n").replace("\n", "\r\n"), thread);
                String opened = text(gpg.openSigned(PgpMime.armorOf(arrived).getBytes(UTF_8), certificate));
                assertThat(opened).contains("Words for you").endsWith("\r\n\r\n" + TEXT);
                assertThat(Dkim.verify(practice, arrived)).isTrue();
            }
        }
        assertThat(postfix.log()).contains("TLS connection established from");
    }

    @Test
    void a_final_no_of_the_other_side_becomes_a_notice_in_the_therapist_s_inbox() throws Exception {
        String thread = practice.client("nobody@provider.example", "Zoe");
        practice.command("client", "consent", thread, "--carriage", "tls");
        submit(thread, TEXT);
        patiently().untilAsserted(() -> assertThat(practice.mailProgram().messages("INBOX"))
                .map(PostfixTest::text)
                .anySatisfy(notice -> assertThat(notice)
                        .contains("<office@practice.example>", "Subject: Zoe: ", thread, "5.1.1")
                        .doesNotContain("slept better", "nobody@provider.example", "Words for you")));
        assertThat(postfix.log()).contains("550 5.1.1 <nobody@provider.example>");
        patiently().untilAsserted(() -> assertThat(waiting(thread)).isZero());
    }

    private boolean deferred(String thread) {
        return practice.sql()
                .fetchOne(
                        "select count(*) from mail_queue q join thread t on t.id = q.thread_id"
                                + " where t.address = ? and q.not_before > clock_timestamp() and q.attempts > 0",
                        thread)
                .into(Integer.class)
                .equals(1);
    }

    private int waiting(String thread) {
        return practice.sql()
                .fetchOne(
                        "select count(*) from mail_queue q join thread t on t.id = q.thread_id where t.address = ?",
                        thread)
                .into(Integer.class);
    }

    private String arrived(String name, String domain) {
        List<String> mailbox = new ArrayList<>();
        patiently().untilAsserted(() -> {
            mailbox.addAll(postfix.mailbox(name, domain));
            assertThat(mailbox).hasSize(1);
        });
        return mailbox.get(0);
    }

    /** A client's mail program gives a mail to the client's provider. */
    private void hand(String from, String to, String text) throws IOException {
        swaks(List.of("--port", postfix.port(), "--from", from, "--to", to), from, text);
    }

    /** Dr Bloom sends an answer. */
    private void submit(String thread, String text) throws IOException {
        String port = Practice.port(practice.addresses().submissions());
        swaks(
                List.of(
                        "--port",
                        port,
                        "--tlsc",
                        "--auth-user",
                        DR_BLOOM,
                        "--auth-password",
                        PASSWORD,
                        "--from",
                        DR_BLOOM,
                        "--to",
                        thread),
                DR_BLOOM,
                text);
    }

    private void swaks(List<Object> arguments, String author, String text) throws IOException {
        String mail = "From: " + author + "\r\nSubject: Words for you\r\n\r\n" + text.stripTrailing();
        List<Object> command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--data"));
        command.add(Files.writeString(Files.createTempFile(folder, "mail", ".eml"), mail));
        command.addAll(arguments);
        Program.ok(folder, command.toArray());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
