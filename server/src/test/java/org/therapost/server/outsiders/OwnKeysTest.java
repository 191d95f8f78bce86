package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.server.outsiders.openpgp.Gpg;
import org.therapost.server.outsiders.openpgp.Judge;
import org.therapost.server.outsiders.openpgp.OpenPgp;
import org.therapost.server.outsiders.openpgp.PgpMime;

/** Keys that the server never had: those of therapists in custody own, and those of clients. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnKeysTest {

    private GreenMail provider;
    private Practice practice;
    private Path folder;

    @BeforeAll
    void practice_and_provider_open() throws Exception {
        provider = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        provider.start();
        practice = Practice.open(Map.of(
                        RelaySettings.SMARTHOST,
                        "127.0.0.1",
                        RelaySettings.PORT,
                        String.valueOf(provider.getSmtp().getPort())))
                .withDrBloom();
        folder = practice.folder("k");
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
    }

    @AfterAll
    void they_close() throws Exception {
        practice.close();
        provider.stop();
    }

    @ParameterizedTest
    @EnumSource
    void in_custody_own_imap_serves_what_only_the_therapist_s_program_opens(Judge judge) throws Exception {
        String klee = "klee-" + word(judge) + "@practice.example";
        String alice = "alice-" + word(judge) + "@provider.example";
        try (OpenPgp program = judge.in(folder)) {
            practice.therapist(klee, program.newKey(klee));
            String thread = practice.client(klee, alice, "Alice");
            List<String> written = List.of(
                    Mails.plain(alice, "I slept better.\r\n.\r\n\u00e4\u00f6\u00fc\r\n"),
                    Mails.large(alice),
                    Mails.plain(klee, "> I slept better.\r\nGood to hear.\r\n"));
            practice.receive(alice, thread, written.get(0));
            practice.receive(alice, thread, written.get(1));
            practice.submit(klee, thread, written.get(2));
            List<String> served = practice.mailProgram(klee).messages("Clients/Alice").stream()
                    .map(OwnKeysTest::text)
                    .toList();
            assertThat(served).hasSize(3);
            for (int i = 0; i < served.size(); i++) {
                assertThat(served.get(i))
                        .contains("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"")
                        .contains("Subject: ...\r\n")
                        .doesNotContain("slept better", "diary", "Words for you");
                assertThat(open(program, served.get(i))).isEqualTo(written.get(i));
            }
            assertThat(atRest(thread).stream().map(message -> opened(program, message)))
                    .containsExactlyElementsOf(written);
        }
    }

    @Test
    void a_mail_that_arrives_encrypted_to_the_therapist_is_opened_by_gpg_as_it_comes_out_of_imap() throws Exception {
        String klee = "klee@practice.example";
        String alice = "alice@provider.example";
        try (Gpg gpg = new Gpg(folder, "g")) {
            practice.therapist(klee, gpg.newKey(klee));
            String thread = practice.client(klee, alice, "Alice");
            byte[] inside = "Content-Type: text/plain\r\n\r\nFor your eyes only.\r\n".getBytes(UTF_8);
            String mail = Mails.encrypted(alice, text(gpg.encrypt(inside, klee)));
            practice.receive(alice, thread, mail);
            List<byte[]> served = practice.mailProgram(klee).messages("Clients/Alice");
            assertThat(served).map(OwnKeysTest::text).containsExactly(mail);
            assertThat(open(gpg, text(served.get(0)))).isEqualTo(text(inside));
        }
    }

    @Test
    void in_custody_login_a_mail_that_arrives_encrypted_comes_out_of_imap_as_it_came_in() throws Exception {
        String bruno = "bruno@provider.example";
        try (Gpg gpg = new Gpg(folder, "b")) {
            String exported = practice.commandReading(Practice.PASSWORD, "therapist", "export-key", Practice.DR_BLOOM);
            gpg.take(exported.getBytes(UTF_8), Practice.PASSWORD);
            String thread = practice.client(bruno, "Bruno");
            byte[] inside = "Content-Type: text/plain\r\n\r\nFor your eyes only.\r\n".getBytes(UTF_8);
            String mail = Mails.encrypted(bruno, text(gpg.encrypt(inside, Practice.DR_BLOOM)));
            practice.receive(bruno, thread, mail);
            String served =
                    text(practice.mailProgram().messages("Clients/Bruno").get(0));
            assertThat(served).isEqualTo(mail);
            assertThat(open(gpg, served)).isEqualTo(text(inside));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_opens_an_answer_with_a_key_of_their_own_making(Judge judge) throws Exception {
        String carla = "carla-" + word(judge) + "@provider.example";
        String answer = "> I slept better.\r\nGood to hear: gr\u00fcn.\r\n";
        try (OpenPgp program = judge.in(folder)) {
            String thread = practice.client(carla, "Carla " + word(judge));
            // It waits until there is a key.
            practice.submit(Practice.DR_BLOOM, thread, Mails.plain(Practice.DR_BLOOM, answer));
            Path key = Files.write(folder.resolve(carla), program.newKey(carla));
            practice.command("client", "key", "add", thread, key.toString());
            practice.confirmKey(thread);
            practice.submit(Practice.DR_BLOOM, thread, Mails.plain(Practice.DR_BLOOM, answer));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(arrived(carla)).hasSize(2));
            for (String arrived : arrived(carla)) {
                assertThat(arrived).contains("From: " + thread).doesNotContain("slept better", "Words for you");
                byte[] autocrypt = autocrypt(arrived, thread);
                String opened = text(program.openSigned(PgpMime.armorOf(arrived).getBytes(UTF_8), autocrypt));
                assertThat(opened)
                        .contains("Subject: Words for you")
                        .contains("hp=\"cipher\"", "protected-headers=\"v1\"")
                        .contains("HP-Outer: Subject: ...\r\n", "HP-Outer: From: " + thread + "\r\n")
                        .endsWith("\r\n\r\n" + answer);
                assertThat(autocrypt(opened, thread)).isEqualTo(autocrypt);
                assertThat(Dkim.verify(practice, arrived)).isTrue();
            }
        }
    }

    /** The certificate in a mail's Autocrypt field, as the specification has a program read it. */
    static byte[] autocrypt(String mail, String from) {
        String header = mail.substring(0, mail.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
        List<String> fields =
                header.lines().filter(line -> line.startsWith("Autocrypt: ")).toList();
        assertThat(fields).hasSize(1);
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : fields.get(0).substring("Autocrypt: ".length()).split(";")) {
            String[] parts = attribute.strip().split("=", 2);
            attributes.put(parts[0], parts[1].strip());
        }
        assertThat(attributes)
                .containsOnlyKeys("addr", "prefer-encrypt", "keydata")
                .containsEntry("addr", from);
        return Base64.getDecoder()
                .decode(Objects.requireNonNull(attributes.get("keydata")).replace(" ", ""));
    }

    private List<String> arrived(String client) {
        return List.of(provider.getReceivedMessagesForDomain(client)).stream()
                .map(OwnKeysTest::written)
                .toList();
    }

    private static String written(MimeMessage message) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toString(UTF_8);
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private List<byte[]> atRest(String thread) {
        return practice.sql()
                .fetch(
                        "select k.key_packets || m.data_packet from message m join message_key k on k.message_id = m.id"
                                + " join thread t on t.id = m.thread_id where t.address = ? order by m.accepted_at",
                        thread)
                .map(row -> Objects.requireNonNull((byte[]) row.get(0)));
    }

    private static String open(OpenPgp program, String mail) {
        return opened(program, PgpMime.armorOf(mail).getBytes(UTF_8));
    }

    private static String opened(OpenPgp program, byte[] message) {
        try {
            return text(program.open(message));
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static String word(Judge judge) {
        return judge.name().toLowerCase(Locale.ROOT);
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
