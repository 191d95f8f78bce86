package org.therapost.server.endtoend.secrecy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** Who writes, and to whom: one client in every spelling of their mailboxes, and nobody else. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdentityTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestDns dns;
    private static OutsideServer outside;
    private static ServerProcess server;
    private static int letters;

    @BeforeAll
    static void a_practice(@TempDir Path folder) throws Exception {
        dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1");
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of(
                        "dns.servers",
                        "127.0.0.1:" + dns.address().getPort(),
                        "inbound.trusted-networks",
                        "127.0.0.1",
                        "relay.smarthost",
                        OutsideServer.HOST,
                        "relay.port",
                        String.valueOf(outside.port()),
                        "relay.trust-certificates",
                        outside.certificate().toString(),
                        "providers.spellings",
                        ServerProcess.repository()
                                .resolve("config/providers/spellings")
                                .toString()));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @AfterAll
    static void all_servers_stop() throws Exception {
        server.close();
        outside.close();
        dns.close();
    }

    @Test
    void an_address_is_one_clients_in_every_spelling_and_nobody_elses() throws Exception {
        String anna = server.administrator().client(DR_BLOOM, "anna@straße.example", "Anna");
        assertThat(write(anna, "anna@xn--strae-oqa.example", "Anna <anna@straße.example>"))
                .startsWith("250 ");
        assertThat(write(anna, "anna@xn--strae-oqa.example", "Anna <anna@xn--strae-oqa.example>"))
                .startsWith("250 ");
        assertThat(write(anna, "anna@strasse.example", "Anna <anna@strasse.example>"))
                .startsWith("550 ");

        String kim = server.administrator().client(DR_BLOOM, "kim@provider.example", "Kim");
        assertThat(write(kim, "kim@provider.example", "KIM@Provider.Example")).startsWith("250 ");
        assertThat(write(kim, "kim@provider.example", "\u212Aim@provider.example"))
                .startsWith("550 ");
        assertThat(write(kim, "kim@provider.example", "k\u0131m@provider.example"))
                .startsWith("550 ");

        String ines = server.administrator().client(DR_BLOOM, "ines@gmail.com", "Ines");
        assertThat(write(ines, "ines@googlemail.com", "Ines <ines@googlemail.com>"))
                .startsWith("250 ");
        assertThat(write(ines, "i.nes@gmail.com", "i.nes+therapy@gmail.com")).startsWith("250 ");
        assertThat(write(ines, "inez@gmail.com", "inez@gmail.com")).startsWith("550 ");
        assertThat(submit("i.nes@googlemail.com", "In-Reply-To: <any@gmail.com>\r\n"))
                .as("a reply to any spelling is one to the client")
                .startsWith("250 ");
    }

    @Test
    void an_author_is_known_however_programs_write_the_field_and_the_envelope() throws Exception {
        String jan = server.administrator().client(DR_BLOOM, "jan@web.example", "Jan");

        for (String from : List.of(
                "jan@web.example <jan@web.example>",
                "'jan@web.example' <jan@web.example>",
                "Jan <jan@web.example>;",
                "Jan: Jan <jan@web.example>;",
                "Jan <jan@web.example")) {
            assertThat(write(jan, "jan@web.example", from)).as(from).startsWith("250 ");
        }
        assertThat(write(jan, "jan@web.example", "jan@web.example, mallory@web.example"))
                .startsWith("550 ");
        for (String sender : List.of(
                "a..b.@web.example",
                ".jan@web.example",
                "\"jan b\"@web.example",
                "\"jan>b\"@web.example",
                "bounce+" + "x".repeat(90) + "@web.example",
                "bounce@em_1.web.example")) {
            assertThat(write(jan, sender, "jan@web.example")).as(sender).startsWith("250 ");
        }
        try (RawSmtp smtp = introduced()) {
            smtp.expect("501 ", "MAIL FROM:jan web.example")
                    .expect("553 5.6.7", "MAIL FROM:<müller@web.example>")
                    .expect("250 ", "MAIL FROM:<müller@web.example> SMTPUTF8")
                    .expect("503 ", "MAIL FROM:<jan@web.example>");
        }
    }

    @Test
    void a_mailbox_beyond_ascii_is_written_to_and_from() throws Exception {
        String eva = server.administrator().client(DR_BLOOM, "müller@u1.example", "Eva");
        server.administrator().consent(eva, true);

        assertThat(write(eva, "müller@u1.example", "Eva Müller <müller@u1.example>"))
                .startsWith("250 ");
        assertThat(submit(eva, "")).startsWith("250 ");
        await().atMost(PATIENCE).until(() -> taken("To: müller@u1.example"));
        assertThat(submit("müller@u1.example", "In-Reply-To: <any@u1.example>\r\n"))
                .startsWith("250 ");

        for (String refused : List.of(
                "eva@u_1.example",
                "eva@u1.42",
                "\u212Aim@u1.example",
                "ü".repeat(40) + "@u1.example",
                "eva@" + "ü".repeat(60) + ".example")) {
            assertThat(new String(
                            server.administrator()
                                    .send(
                                            "POST",
                                            "/clients",
                                            ("{\"therapist\":\"" + DR_BLOOM + "\",\"email\":\"" + refused
                                                            + "\",\"name\":\"Nobody\"}")
                                                    .getBytes(UTF_8))
                                    .body(),
                            UTF_8))
                    .as(refused)
                    .contains("not a mailbox address (client): ")
                    .doesNotContain(refused);
        }
    }

    @Test
    void a_client_writes_from_several_mailboxes_and_is_answered_at_the_primary_one() throws Exception {
        String bruno = server.administrator().client(DR_BLOOM, "bruno@home.example", "Bruno");
        server.administrator().consent(bruno, true);
        server.administrator().client(DR_BLOOM, "carla@home.example", "Carla");
        String mailboxes = "/threads/" + bruno + "/mailboxes";

        assertThat(write(bruno, "bruno@work.example", "bruno@work.example")).startsWith("550 ");
        assertThat(ask("POST", mailboxes, "bruno@work.example")).contains("\"further\":[\"bruno@work.example\"]");
        assertThat(ask("POST", mailboxes, "Bruno@Work.example")).contains("already");
        assertThat(ask("POST", mailboxes, "carla@home.example")).contains("another client's");
        assertThat(ask("DELETE", mailboxes, "bruno@home.example")).contains("primary");
        assertThat(write(bruno, "bruno@work.example", "bruno@work.example")).startsWith("250 ");
        assertThat(submit("bruno@work.example", "In-Reply-To: <any@work.example>\r\n"))
                .startsWith("250 ");
        await().atMost(PATIENCE).until(() -> taken("To: bruno@home.example"));
        assertThat(taken("To: bruno@work.example")).isFalse();

        assertThat(ask("PUT", mailboxes, "bruno@work.example")).contains("\"primary\":\"bruno@work.example\"");
        assertThat(submit(bruno, "")).startsWith("250 ");
        await().atMost(PATIENCE).until(() -> taken("To: bruno@work.example"));
        assertThat(ask("DELETE", mailboxes, "bruno@home.example")).contains("\"further\":[]");
        assertThat(write(bruno, "bruno@home.example", "bruno@home.example")).startsWith("550 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIZE=100",
                "size=100",
                "BODY=8BITMIME",
                "body=7bit",
                "SMTPUTF8",
                "SIZE=9 BODY=8BITMIME SMTPUTF8",
                "AUTH=<>",
                "RET=HDRS",
                "ENVID=QQ314159",
                "REQUIRETLS",
                "MT-PRIORITY=3",
                "BY=120;R",
                "SIZE=9 X-UNKNOWN=1",
                "XSIZE=9",
                "FOO"
            })
    void of_the_parameters_of_mail_those_are_taken_that_are_announced(String parameters) throws Exception {
        try (RawSmtp outside = server.smtp();
                RawSmtp program = server.submissions()) {
            boolean here = announced(outside.command("EHLO mail.example"), parameters);
            assertThat(outside.command("MAIL FROM:<dina@home.example> " + parameters))
                    .startsWith(here ? "250 " : "555 5.5.4");
            if (!here) {
                outside.expect("503", "RCPT TO:<nobody@practice.example>");
            }
            boolean there = announced(program.command("EHLO laptop.example"), parameters);
            assertThat(program.command("MAIL FROM:<" + DR_BLOOM + "> " + parameters))
                    .as("who has not logged in yet")
                    .startsWith(there ? "530 " : "555 5.5.4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTIFY=NEVER", "ORCPT=rfc822;a@b.example", "SIZE=9", "SMTPUTF8", "FOO"})
    void of_the_parameters_of_rcpt_none_is_announced_and_none_taken(String parameter) throws Exception {
        try (RawSmtp outside = server.smtp().expect("250", "EHLO mail.example");
                RawSmtp program = server.submissions().expect("250", "EHLO laptop.example")) {
            outside.expect("250", "MAIL FROM:<dina@home.example>");
            assertThat(outside.command("RCPT TO:<" + DR_BLOOM + "> " + parameter))
                    .startsWith("555 5.5.4");
            outside.expect("250", "RCPT TO:<" + DR_BLOOM + ">");
            assertThat(program.command("RCPT TO:<" + DR_BLOOM + "> " + parameter))
                    .startsWith("555 5.5.4");
        }
    }

    private static boolean announced(String ehlo, String parameters) {
        return Stream.of(parameters.toUpperCase(Locale.ROOT).split(" "))
                .map(one -> one.replaceAll("=.*", ""))
                .map(one -> one.equals("BODY") ? "8BITMIME" : one)
                .allMatch(one -> Pattern.compile("(?m)^250[- ]" + one + "( .*)?$")
                        .matcher(ehlo)
                        .find());
    }

    private String ask(String method, String path, String mailbox) throws IOException, InterruptedException {
        return new String(
                server.administrator()
                        .send(method, path, ("{\"mailbox\":\"" + mailbox + "\"}").getBytes(UTF_8))
                        .body(),
                UTF_8);
    }

    private RawSmtp introduced() throws IOException {
        return server.smtp().expect("250", "EHLO mail.example");
    }

    private String write(String thread, String sender, String from) throws IOException {
        try (RawSmtp smtp = introduced()) {
            smtp.expect("250 ", "MAIL FROM:<" + sender + "> SMTPUTF8").expect("250 ", "RCPT TO:<" + thread + ">");
            smtp.expect("354 ", "DATA");
            return smtp.data(("From: " + from + "\r\nTo: " + thread + "\r\nSubject: Letter\r\nMessage-ID: <" + ++letters
                            + "@web.example>\r\n\r\nI slept well.\r\n")
                    .getBytes(UTF_8));
        }
    }

    private String submit(String recipient, String fields) throws IOException {
        try (RawSmtp smtp = server.submissions()) {
            smtp.expect("250", "EHLO laptop.example");
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
            smtp.expect("250 ", "MAIL FROM:<" + DR_BLOOM + "> SMTPUTF8");
            String reply = smtp.command("RCPT TO:<" + recipient + ">");
            if (!reply.startsWith("250 ")) {
                return reply;
            }
            smtp.expect("354 ", "DATA");
            return smtp.data(("From: " + DR_BLOOM + "\r\nTo: " + recipient + "\r\nSubject: Answer\r\n" + fields
                            + "Message-ID: <" + ++letters + "@laptop.example>\r\n\r\nAnswer " + letters + "\r\n")
                    .getBytes(UTF_8));
        }
    }

    private static boolean taken(String field) {
        return outside.taken().stream()
                .map(mail -> new String(mail.getBytes(ISO_8859_1), UTF_8))
                .anyMatch(mail -> mail.contains(field));
    }
}
