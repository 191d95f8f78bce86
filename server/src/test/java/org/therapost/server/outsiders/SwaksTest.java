package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;
import static org.therapost.server.outsiders.Practice.PASSWORD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.SigningFixture;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.server.outsiders.openpgp.Program;

/** swaks, which speaks SMTP as it is told and says what it heard, writes to the practice and for it. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwaksTest {

    private static final String LIMIT = "100000";

    private Practice practice;
    private Path folder;
    private int clients;
    private String alice;
    private String thread;

    @BeforeAll
    void the_practice_opens() throws Exception {
        practice =
                Practice.open(Map.of(MessageLimit.MAXIMUM_SIZE, LIMIT + " B")).withDrBloom();
        folder = practice.folder("swaks");
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
    }

    @AfterAll
    void the_practice_closes() throws Exception {
        practice.close();
    }

    @BeforeEach
    void alice_is_a_client() throws Exception {
        clients++;
        alice = "alice" + clients + "@provider.example";
        thread = practice.client(alice, "Alice " + clients);
    }

    @Test
    void a_mail_whose_sender_is_proved_by_spf_is_filed_byte_for_byte() throws Exception {
        String mail = mail(alice, "I slept better.\r\n..two dots, and \u00e4\u00f6\u00fc\r\n");
        Program.Outcome heard = fromOutside(alice, thread, mail);
        assertThat(heard.text()).contains("250 2.0.0 Accepted");
        assertThat(heard.status()).isZero();
        assertThat(inbox()).containsExactly(mail);
    }

    @Test
    void a_mail_whose_sender_is_proved_by_dkim_alone_is_filed() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        SigningKey key = new SigningKey(
                "signed.example",
                "s1",
                pair.getPrivate().getEncoded(),
                pair.getPublic().getEncoded());
        practice.dns().txt(key.recordName(), key.recordText()).txt("signed.example", "v=spf1 ip4:192.0.2.1 -all");
        String bruno = "bruno" + clients + "@signed.example";
        String thread = practice.client(bruno, "Bruno " + clients);
        // What a signature alone proves names the thread and the day (RFC 6376 section 5.4.1).
        String mail = "Date: Tue, 01 Dec 2026 09:00:00 +0000\r\nTo: " + thread + "\r\n"
                + mail(bruno, "By way of a forwarder.\r\n");
        MailContent signed = SigningFixture.sign(MailContent.of(mail.getBytes(UTF_8)), key);
        assertThat(fromOutside(bruno, thread, new String(signed.octets(), UTF_8))
                        .status())
                .isZero();
        assertThat(practice.recorded(thread)).isEqualTo(1);
        String altered = new String(signed.octets(), UTF_8).replace("forwarder", "falsifier");
        assertThat(fromOutside(bruno, thread, altered).text()).contains("550 5.7.1");
        assertThat(practice.recorded(thread)).isEqualTo(1);
    }

    @Test
    void an_unknown_recipient_is_refused_at_once() throws Exception {
        Program.Outcome heard = fromOutside(alice, "nobody@practice.example", mail(alice, "Hello?\r\n"));
        assertThat(heard.text()).contains("<** 550 5.1.1").doesNotContain(" -> DATA");
    }

    @Test
    void a_forged_sender_is_refused_with_a_neutral_text_and_nothing_is_filed() throws Exception {
        practice.dns().txt("elsewhere.example", "v=spf1 ip4:192.0.2.1 -all");
        String bruno = "bruno" + clients + "@elsewhere.example";
        String his = practice.client(bruno, "Bruno " + clients);
        Program.Outcome heard = fromOutside(bruno, his, mail(bruno, "I am Bruno.\r\n"));
        assertThat(heard.text()).contains("<** 550 5.7.1 Not accepted");
        assertThat(heard.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("therap", "client", "patient");
        // Proved, but somebody else; the envelope alone proves nothing for From.
        assertThat(fromOutside(alice, his, mail(alice, "I am not Bruno.\r\n")).text())
                .contains("<** 550 5.7.1 Not accepted");
        assertThat(fromOutside(alice, his, mail(bruno, "Nor am I.\r\n")).text()).contains("<** 550 5.7.1 Not accepted");
        assertThat(practice.recorded(his)).isZero();
    }

    @Test
    void without_an_answer_from_the_dns_the_sender_is_asked_to_come_again() throws Exception {
        practice.dns().failing("away.example");
        String bruno = "bruno" + clients + "@away.example";
        String his = practice.client(bruno, "Bruno " + clients);
        assertThat(fromOutside(bruno, his, mail(bruno, "Can you hear me?\r\n")).text())
                .contains("<** 451 4.3.0");
        assertThat(practice.recorded(his)).isZero();
    }

    @Test
    void a_message_over_the_size_limit_is_refused() throws Exception {
        String mail = mail(alice, "All work and no play\r\n".repeat(6000));
        Program.Outcome heard = fromOutside(alice, thread, mail);
        assertThat(heard.text()).contains("SIZE " + LIMIT).contains("<** 552 5.3.4");
        assertThat(practice.recorded(thread)).isZero();
    }

    @Test
    void a_pipelining_sender_gets_every_reply_in_its_place() throws Exception {
        String mail = mail(alice, "All at once.\r\n");
        Program.Outcome heard = fromOutside(alice, thread + ",nobody@practice.example", mail, "--pipeline");
        assertThat(heard.text())
                .contains("PIPELINING", "<** 550 5.1.1", "250 2.0.0 Accepted")
                .doesNotContain("500 ", "503 ");
        assertThat(practice.recorded(thread)).isEqualTo(1);
    }

    @Test
    void a_mail_over_starttls_is_filed() throws Exception {
        Program.Outcome heard = fromOutside(alice, thread, mail(alice, "Whispered.\r\n"), "--tls");
        assertThat(heard.text()).contains("=== TLS started with cipher TLSv1.3");
        assertThat(heard.status()).isZero();
        assertThat(practice.recorded(thread)).isEqualTo(1);
    }

    @Test
    void an_answer_is_submitted_by_starttls_and_by_implicit_tls_with_plain_and_login() throws Exception {
        String answer = mail(DR_BLOOM, "Good to hear.\r\n");
        for (List<String> way : List.of(
                List.of("--port", submission(), "--tls", "--auth", "PLAIN"),
                List.of("--port", submission(), "--tls", "--auth", "LOGIN"),
                List.of("--port", submissions(), "--tlsc", "--auth", "PLAIN"),
                List.of("--port", submissions(), "--tlsc", "--auth", "LOGIN"))) {
            Program.Outcome heard = submit(thread, answer, way.toArray());
            assertThat(heard.text()).as(way.toString()).contains("250 2.0.0 Accepted");
        }
        assertThat(practice.recorded(thread)).isEqualTo(4);
    }

    @Test
    void a_wrong_password_is_refused() throws Exception {
        List<Object> command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--port", submission()));
        command.addAll(List.of("--tls", "--auth", "PLAIN", "--auth-user", DR_BLOOM, "--auth-password", "wrong"));
        command.addAll(List.of("--from", DR_BLOOM, "--to", thread));
        assertThat(Program.run(folder, Map.of(), new byte[0], command).text()).contains("535 5.7.8");
        assertThat(practice.recorded(thread)).isZero();
    }

    @Test
    void no_auth_is_offered_without_tls_and_none_at_all_to_the_outside() throws Exception {
        assertThat(swaks("--port", submission(), "--quit-after", "EHLO", "--to", thread)
                        .text())
                .contains("250-STARTTLS")
                .doesNotContain("AUTH");
        assertThat(swaks("--port", submission(), "--tls", "--quit-after", "EHLO", "--to", thread)
                        .text())
                .contains("AUTH");
        assertThat(swaks(
                                "--port",
                                Practice.port(practice.addresses().smtp()),
                                "--tls",
                                "--quit-after",
                                "EHLO",
                                "--to",
                                thread)
                        .text())
                .doesNotContain("AUTH");
        assertThat(submit(thread, mail(DR_BLOOM, "In clear?\r\n"), "--port", submission())
                        .text())
                .contains("530 5.7.0");
    }

    @Test
    void an_answer_to_two_threads_is_refused_and_nothing_leaves() throws Exception {
        String other = practice.client("bruno" + clients + "@provider.example", "Bruno " + clients);
        int before = practice.parcels();
        Program.Outcome heard =
                submit(thread + "," + other, mail(DR_BLOOM, "To both of you.\r\n"), "--port", submission(), "--tls");
        assertThat(heard.text()).contains("550 5.7.1").doesNotContain("250 2.0.0 Accepted");
        assertThat(practice.recorded(thread)).isZero();
        assertThat(practice.recorded(other)).isZero();
        assertThat(practice.parcels()).isEqualTo(before);
    }

    @Test
    void an_answer_to_an_outside_address_is_refused_and_nothing_leaves() throws Exception {
        int before = practice.parcels();
        Program.Outcome heard = submit(
                "somebody@elsewhere.example",
                mail(DR_BLOOM, "Straight to you.\r\n"),
                "--port",
                submissions(),
                "--tlsc");
        assertThat(heard.text()).contains("550 5.7.1 You can write only to");
        Program.Outcome copied = submit(
                thread,
                "Cc: somebody@elsewhere.example\r\n" + mail(DR_BLOOM, "With a copy.\r\n"),
                "--port",
                submission(),
                "--tls");
        assertThat(copied.text()).contains("550 5.7.1 Nothing was sent");
        assertThat(practice.recorded(thread)).isZero();
        assertThat(practice.parcels()).isEqualTo(before);
    }

    @Test
    void a_therapist_writes_only_as_self() throws Exception {
        assertThat(submit(thread, mail("carla@practice.example", "Who am I?\r\n"), "--port", submission(), "--tls")
                        .text())
                .contains("553 5.7.1");
        assertThat(practice.recorded(thread)).isZero();
    }

    private List<String> inbox() throws Exception {
        return practice.mailProgram().messages("Clients/Alice " + clients).stream()
                .map(octets -> new String(octets, UTF_8))
                .toList();
    }

    private Program.Outcome fromOutside(String from, String to, String mail, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(
                List.of("--port", Practice.port(practice.addresses().smtp())));
        arguments.addAll(List.of("--helo", "mail.provider.example", "--from", from, "--to", to));
        arguments.addAll(List.of("--data", file(mail)));
        arguments.addAll(List.of(more));
        return swaks(arguments.toArray());
    }

    private Program.Outcome submit(String to, String mail, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("--from", DR_BLOOM, "--to", to, "--data", file(mail)));
        arguments.addAll(List.of(more));
        if (List.of(more).stream().anyMatch(word -> word.toString().startsWith("--tls"))) {
            arguments.addAll(List.of("--auth-user", DR_BLOOM, "--auth-password", PASSWORD));
        }
        return swaks(arguments.toArray());
    }

    private Program.Outcome swaks(Object... arguments) throws IOException {
        List<Object> command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--timeout", "60"));
        command.addAll(List.of(arguments));
        return Program.run(folder, Map.of(), new byte[0], command);
    }

    private Path file(String mail) throws IOException {
        // swaks adds a line end of its own.
        String text = mail.endsWith("\r\n") ? mail.substring(0, mail.length() - 2) : mail;
        return Files.writeString(Files.createTempFile(folder, "mail", ".eml"), text);
    }

    private String submission() {
        return Practice.port(practice.addresses().submission());
    }

    private String submissions() {
        return Practice.port(practice.addresses().submissions());
    }

    private static String mail(String from, String text) {
        return "From: " + from + "\r\nSubject: words\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text;
    }
}
