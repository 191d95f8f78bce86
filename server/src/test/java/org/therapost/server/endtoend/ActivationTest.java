package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.util.Modules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.journeys.TellKnownPasswords;
import org.therapost.server.TestServer;
import org.therapost.server.commandline.Commands;
import org.therapost.server.commandline.io.SecretInput;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import picocli.CommandLine;

/** An operator adds Dr Bloom; she makes the login her own, with commands that ask for what nobody else may know. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivationTest {

    private static final String PASSWORD = "a long walk by the river";
    private static final String NEXT = "nine herons over wet slate";

    private TherapostServer server;
    private Path folder = Path.of("unset");
    private int therapists;
    private String bloom = "";
    private String code = "";
    private final StringWriter said = new StringWriter();

    @BeforeAll
    void a_practice_has_nobody_in_it(@TempDir Path data) throws Exception {
        folder = data;
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        server.part(Enrolment.class).addPractice("practice.example");
    }

    @AfterAll
    void the_server_stops() {
        server.close();
    }

    @BeforeEach
    void the_operator_adds_dr_bloom() throws Exception {
        bloom = "bloom" + ++therapists + "@practice.example";
        code = json(List.of(), "therapist", "add", bloom, "--name", "Dr Bloom")
                .path("activationCode")
                .asText();
        assertThat(code).matches("(\\w{4}-){2}\\w{4}");
    }

    private int execute(List<String> typed, String... arguments) {
        said.getBuffer().setLength(0);
        byte[] lines = (String.join("\n", typed) + "\n").getBytes(StandardCharsets.UTF_8);
        CommandLine line = Commands.commandLine(SecretInput.lines(new ByteArrayInputStream(lines)));
        line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return line.execute(all.toArray(String[]::new));
    }

    private JsonNode json(List<String> typed, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(execute(typed, all.toArray(String[]::new)))
                .as(said.toString())
                .isZero();
        return new ObjectMapper().readTree(said.toString());
    }

    private String activate() throws IOException {
        return json(List.of(code, PASSWORD), "therapist", "activate", bloom)
                .path("recoveryCode")
                .asText();
    }

    private boolean logsIn(String password) throws IOException {
        boolean reads;
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            reads = imap.command("LOGIN " + bloom + " " + RawImap.quoted(password))
                    .completion()
                    .startsWith("OK");
        }
        try (RawSmtp submission =
                RawSmtp.connect(Tls.connect(server.addresses().submissions().getPort()))) {
            submission.command("EHLO mail-program.example");
            boolean submits = submission.login(bloom, password).startsWith("235");
            assertThat(submits).as("submission").isEqualTo(reads);
        }
        return reads;
    }

    private String rcpt() throws IOException {
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                InetAddress.getLoopbackAddress(), server.addresses().smtp().getPort()))) {
            smtp.command("EHLO provider.example");
            smtp.command("MAIL FROM:<stranger@provider.example>");
            return smtp.command("RCPT TO:<" + bloom + ">");
        }
    }

    @Test
    void before_the_activation_there_is_no_account_no_key_and_mail_waits() throws Exception {
        assertThat(server.part(Database.class)
                        .sql()
                        .fetchValue("select count(*) from account where username = ?", bloom))
                .isEqualTo(0L);
        assertThat(logsIn(code)).isFalse();
        assertThat(rcpt()).startsWith("451");

        Path client = Files.writeString(folder.resolve("client"), "alice@provider.example\nAlice\n");
        assertThat(execute(List.of(), "client", "add", "--therapist", bloom, client.toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("not activated", "therapist activate " + bloom);
        assertThat(execute(List.of(), "therapist", "add", bloom, "--name", "Dr Bloom"))
                .isEqualTo(2);
        assertThat(said.toString()).contains("therapist activation-code " + bloom);
        execute(List.of(), "therapist", "list");
        assertThat(said.toString()).contains(bloom + "  login  Dr Bloom  waits for its activation until ");

        activate();

        assertThat(rcpt()).startsWith("250");
        assertThat(execute(List.of(), "client", "add", "--therapist", bloom, client.toString()))
                .as(said.toString())
                .isZero();
    }

    @Test
    void her_own_password_logs_her_in_and_the_operator_saw_neither_it_nor_the_recovery_code() throws Exception {
        assertThat(execute(List.of(code, PASSWORD), "therapist", "activate", bloom))
                .isZero();
        assertThat(said.toString())
                .contains("the login " + bloom + " is activated")
                .containsPattern("fingerprint of the key: [0-9a-f]{40}")
                .containsPattern("\n    (\\w{4}-){6}\\w{4}\n")
                .contains("Password and recovery code both lost: new key; history returns only through another"
                        + " reader's share.")
                .doesNotContain(PASSWORD);
        assertThat(logsIn(PASSWORD)).isTrue();
        assertThat(logsIn(code)).isFalse();
    }

    @Test
    void a_code_that_was_used_says_when() throws Exception {
        activate();
        assertThat(execute(List.of(code, NEXT), "therapist", "activate", bloom)).isEqualTo(2);
        assertThat(said.toString()).containsPattern("already used on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");
        assertThat(execute(List.of(), "therapist", "activation-code", bloom)).isEqualTo(2);
        assertThat(logsIn(PASSWORD)).isTrue();
    }

    @Test
    void five_wrong_codes_end_it_and_a_new_code_begins_anew() throws Exception {
        String wrong = json(List.of(), "therapist", "add", "klee" + bloom, "--name", "Dr Klee")
                .path("activationCode")
                .asText();
        for (int left = 4; left >= 0; left--) {
            assertThat(execute(List.of(wrong, PASSWORD), "therapist", "activate", bloom))
                    .isEqualTo(2);
            assertThat(said.toString()).contains(left > 0 ? "can be tried " + left + " more" : "typed five times");
        }
        assertThat(execute(List.of(code, PASSWORD), "therapist", "activate", bloom))
                .isEqualTo(2);
        assertThat(said.toString()).contains("typed five times", "therapist activation-code");

        String before = code;
        code = json(List.of(), "therapist", "activation-code", bloom)
                .path("activationCode")
                .asText();
        assertThat(execute(List.of(before, PASSWORD), "therapist", "activate", bloom))
                .isEqualTo(2);
        activate();
        assertThat(logsIn(PASSWORD)).isTrue();
    }

    @Test
    void what_can_be_seen_to_be_wrong_costs_no_try() throws Exception {
        String typo = (code.startsWith("2") ? "3" : "2") + code.substring(1);
        for (int i = 0; i < 6; i++) {
            assertThat(execute(List.of(typo, PASSWORD), "therapist", "activate", bloom))
                    .isEqualTo(2);
            assertThat(said.toString()).contains("copied wrongly");
            assertThat(execute(List.of(code, "short"), "therapist", "activate", bloom))
                    .isEqualTo(2);
            assertThat(said.toString()).contains("12 to 1024 characters");
        }
        assertThat(execute(List.of(code), "therapist", "activate", bloom)).isEqualTo(2);
        assertThat(said.toString()).contains("a line is missing on standard input: New password");
        code = code.toUpperCase(Locale.ROOT).replace('-', ' ');
        activate();
    }

    @Test
    void a_code_expires_and_mail_does_not_wait_for_ever() throws Exception {
        server.part(Database.class)
                .sql()
                .execute("update activation set expires_at = clock_timestamp() where username = ?", bloom);
        assertThat(execute(List.of(code, PASSWORD), "therapist", "activate", bloom))
                .isEqualTo(2);
        assertThat(said.toString()).contains("expired on", "therapist activation-code");
        assertThat(rcpt()).startsWith("550");
    }

    @Test
    void a_password_is_changed_with_the_present_one_or_the_recovery_code_alone() throws Exception {
        String recovery = activate();
        assertThat(execute(List.of("not her password", NEXT), "therapist", "password", bloom))
                .isEqualTo(2);
        assertThat(said.toString()).contains("address or password is wrong");
        json(List.of(PASSWORD, NEXT), "therapist", "password", bloom);
        assertThat(logsIn(NEXT)).isTrue();
        assertThat(logsIn(PASSWORD)).isFalse();

        json(List.of(recovery, PASSWORD), "therapist", "password", bloom);
        assertThat(logsIn(PASSWORD)).isTrue();
        assertThat(logsIn(NEXT)).isFalse();
        assertThat(logsIn(recovery)).isFalse();
    }

    @Test
    void who_lost_the_password_recovers_and_gets_another_code() throws Exception {
        String recovery = activate();
        String another = json(List.of(recovery, NEXT), "therapist", "recover", bloom)
                .path("recoveryCode")
                .asText();
        assertThat(logsIn(NEXT)).isTrue();
        assertThat(execute(List.of(recovery, PASSWORD), "therapist", "recover", bloom))
                .isEqualTo(2);
        assertThat(said.toString()).contains("recovery code is wrong");

        String third = json(List.of(NEXT), "therapist", "recovery-code", bloom)
                .path("recoveryCode")
                .asText();
        assertThat(execute(List.of(another, PASSWORD), "therapist", "recover", bloom))
                .isEqualTo(2);
        json(List.of(third, PASSWORD), "therapist", "recover", bloom);
        assertThat(logsIn(PASSWORD)).isTrue();
    }

    @Test
    void each_device_has_a_password_of_its_own_until_it_is_revoked() throws Exception {
        activate();
        String telephone = device("Telephone");
        String tablet = device("Tablet");
        assertThat(logsIn(telephone)).isTrue();
        assertThat(logsIn(telephone.replace("-", ""))).isTrue();
        execute(List.of(), "therapist", "app-password", "list", bloom);
        assertThat(said.toString())
                .containsPattern("Tablet  made \\S+  last used never")
                .containsPattern("Telephone  made \\S+  last used \\d{4}-\\d\\d-\\d\\d")
                .doesNotContain(telephone);

        // It reads and sends mail, and changes nothing about the login.
        assertThat(execute(List.of(telephone, NEXT), "therapist", "password", bloom))
                .isEqualTo(2);
        assertThat(execute(List.of(telephone), "therapist", "app-password", "add", bloom, "--device", "Third"))
                .isEqualTo(2);
        assertThat(execute(List.of(PASSWORD), "therapist", "app-password", "add", bloom, "--device", "Tablet"))
                .isEqualTo(2);

        assertThat(execute(List.of(), "therapist", "app-password", "revoke", bloom, "--device", "Telephone"))
                .isZero();
        assertThat(said.toString()).contains("backups");
        assertThat(logsIn(telephone)).isFalse();
        assertThat(logsIn(tablet)).isTrue();
        assertThat(execute(List.of(), "therapist", "app-password", "revoke", bloom, "--device", "Telephone"))
                .isEqualTo(2);
        json(List.of(PASSWORD, NEXT), "therapist", "password", bloom);
        assertThat(logsIn(tablet)).isTrue();
    }

    private String device(String name) throws IOException {
        return json(List.of(PASSWORD), "therapist", "app-password", "add", bloom, "--device", name)
                .path("appPassword")
                .asText();
    }

    @Test
    void her_key_is_exported_against_the_password_of_now() throws Exception {
        activate();
        assertThat(execute(List.of(PASSWORD), "therapist", "export-key", bloom)).isZero();
        assertThat(said.toString()).startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----");
        assertThat(execute(List.of(NEXT), "therapist", "export-key", bloom)).isEqualTo(2);
    }

    @Test
    void an_operator_cannot_set_a_password() {
        assertThat(execute(
                        List.of(PASSWORD), "therapist", "add", "x@practice.example", "--name", "X", "--password-stdin"))
                .isEqualTo(2);
        assertThat(said.toString()).contains("therapist activate");
    }

    @Test
    void a_password_that_an_operator_set_stays_valid_and_she_is_asked_once_to_change_it() throws Exception {
        activate();
        server.part(Database.class)
                .sql()
                .execute("update way_in set set_by = 'operator' where username = ? and kind = 'password'", bloom);
        assertThat(logsIn(PASSWORD)).isTrue();
        execute(List.of(), "status");
        assertThat(said.toString()).contains("therapost therapist password ADDRESS", "    " + bloom);
        for (int start = 0; start < 2; start++) {
            assertThat(server.part(TellKnownPasswords.class).tell()).isEmpty();
        }
        try (RawImap imap = RawImap.connect(
                        Tls.connect(server.addresses().imaps().getPort()))
                .login(bloom, PASSWORD)) {
            imap.ok("SELECT INBOX");
            assertThat(imap.search("SUBJECT \"Please change your password\"")).hasSize(1);
        }

        json(List.of(PASSWORD, NEXT), "therapist", "password", bloom);
        execute(List.of(), "status");
        assertThat(said.toString()).doesNotContain("    " + bloom);
    }
}
