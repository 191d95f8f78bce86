package org.therapost.server.commandline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.Certificate;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.TestClientKeys;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.process.TherapostServer;
import picocli.CommandLine;

/** IT staff put on file what Alice has mailed them as her key: {@code client key add}, against a running server. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientKeyTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String ALICE = "alice@provider.example";
    private static final String WORK = "alice@work.example";

    /** What Bouncy Castle makes is valid for five years of 365 days. */
    private static final Duration VALID = Duration.ofDays(5 * 365);

    private TherapostServer server;
    private Path folder = Path.of("unset");
    private String thread = "";
    private int clients;
    private StringWriter said = new StringWriter();

    @BeforeAll
    void a_practice(@TempDir Path data) throws Exception {
        folder = data;
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", "a long walk by the river");
        TestTherapists.add(server::part, "klee@practice.example", "Dr Klee", "a long walk by the river");
    }

    @BeforeEach
    void alice_comes_in() throws Exception {
        thread = client(++clients + ALICE);
    }

    @AfterAll
    void the_server_stops() {
        server.close();
    }

    @Test
    void her_own_key_is_taken_with_its_fingerprint_and_no_warning() throws Exception {
        Certificate own = key(hers(), Instant.now().minusSeconds(60));

        assertThat(add(own.encoded())).isZero();

        assertThat(said.toString().strip())
                .isEqualTo("key on file; it is used when the therapist has confirmed it: " + keys().fingerprint(own));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice <%s>", "%s", "Alice (work) <%s>", "\"B, Alice\" <%s>"})
    void a_key_that_names_her_in_any_form_and_case_is_hers(String form) throws Exception {
        String hers = hers();
        for (String mailbox :
                List.of(hers, hers.substring(0, 2) + hers.substring(2).toUpperCase(java.util.Locale.ROOT))) {
            assertThat(add(key(String.format(form, mailbox), Instant.now().minusSeconds(60))
                            .encoded()))
                    .as(said.toString())
                    .isZero();
        }
        assertThat(said.toString()).doesNotContain("warning");
    }

    @Test
    void a_key_that_names_a_further_mailbox_of_hers_is_hers() throws Exception {
        Certificate work = key(clients + WORK, Instant.now().minusSeconds(60));
        assertThat(add(work.encoded())).isNotZero();

        Path mailbox = Files.writeString(folder.resolve("mailbox"), clients + WORK + "\n");
        assertThat(execute("client", "mailbox", "add", thread, mailbox.toString()))
                .isZero();

        assertThat(add(work.encoded())).as(said.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bruno@provider.example",
                "Alice <alice@elsewhere.example>",
                "alice@provider.example.attacker.example",
                "Alice",
                "alice at provider.example",
                "<>"
            })
    void a_key_of_somebody_else_is_refused_until_staff_say_that_they_have_compared_it(String user) throws Exception {
        Certificate other = key(user, Instant.now().minusSeconds(60));

        assertThat(add(other.encoded())).isNotZero();
        assertThat(said.toString())
                .contains("may be somebody else's", keys().fingerprint(other), "--even-if-other-address")
                // Who is in therapy is for nobody to read over a shoulder, or in the log of a terminal.
                .doesNotContain("alice", "bruno", "provider.example", "elsewhere");
        assertThat(said.toString().strip().lines()).hasSize(1);
        assertThat(carriage()).as("nothing is on file").doesNotContain("openpgp");

        assertThat(add(other.encoded(), "--even-if-other-address")).isZero();
        assertThat(said.toString()).contains("key on file", "warning: it does not name the client's mailbox");
        assertThat(carriage())
                .as("nothing is encrypted to it before the therapist has compared it")
                .contains("carriage: wait", "key: pending");
        TestClientKeys.confirm(server::part, thread);
        assertThat(carriage()).contains("carriage: openpgp", "key: compared");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 25})
    void one_that_expires_soon_is_taken_with_a_warning_that_names_the_day(int days) throws Exception {
        Instant until = Instant.now().plus(Duration.ofDays(days));

        assertThat(add(expiring(until))).isZero();

        assertThat(said.toString()).contains("key on file", "warning: it expires on ", "from then on no answer leaves");
        assertThat(List.of(0, 1, 2))
                .as("the day, and the leap days that a year of the key may have")
                .anyMatch(leap -> said.toString()
                        .contains("expires on "
                                + LocalDate.ofInstant(until, ZoneOffset.UTC).plusDays(leap)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 3_000})
    void one_that_has_expired_is_refused_with_the_reason(int days) throws Exception {
        assertThat(add(expiring(Instant.now().minus(Duration.ofDays(days))), "--even-if-other-address"))
                .isNotZero();

        assertThat(said.toString()).contains("it has expired", "ask for a prolonged one");
        assertThat(carriage()).doesNotContain("openpgp");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 24 * 400})
    void one_that_is_not_valid_yet_is_refused_with_both_dates(int hours) throws Exception {
        Instant made = Instant.now().plus(Duration.ofHours(hours));

        assertThat(add(key(hers(), made).encoded(), "--even-if-other-address")).isNotZero();

        assertThat(said.toString())
                .contains(
                        "dated in the future",
                        LocalDate.ofInstant(made, ZoneOffset.UTC).toString(),
                        "clock")
                .doesNotContain("HTTP", "Exception", "500");
        assertThat(carriage()).doesNotContain("openpgp");
    }

    @Test
    void an_armor_is_taken_as_editors_and_mail_programs_leave_it() throws Exception {
        String armor = keys().armor(key(hers(), Instant.now().minusSeconds(60)));
        for (byte[] brought : List.of(
                armor.getBytes(US_ASCII),
                ("\uFEFF" + armor).getBytes(UTF_8),
                ("\uFEFF" + armor).getBytes(UTF_16LE),
                ("\uFEFF\r\n" + armor.replaceAll("\r?\n", "\r\n")).getBytes(UTF_8),
                ("Here it is:\n\n" + armor.replaceAll("(?m)^", "> ")).getBytes(UTF_8))) {
            assertThat(add(brought)).as(said.toString()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Dear practice, my key is attached.", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjME"})
    void what_is_no_key_is_refused_in_one_line(String text) throws Exception {
        assertThat(add(text.getBytes(UTF_8))).isNotZero();

        assertThat(said.toString().strip().lines()).hasSize(1);
        assertThat(said.toString()).doesNotContain("Exception", "HTTP", "attached");
    }

    private String hers() {
        return clients + ALICE;
    }

    private static BouncyCastleKeys keys() {
        return new BouncyCastleKeys(Clock.systemUTC());
    }

    /** One that never expires. */
    private static Certificate key(String user, Instant made) {
        return new BouncyCastleKeys(Clock.fixed(made, ZoneOffset.UTC))
                .generate(user)
                .certificate();
    }

    private byte[] expiring(Instant until) throws PGPException, java.io.IOException {
        return new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(until.minus(VALID)))
                .classicKey(hers())
                .build()
                .toCertificate()
                .getEncoded();
    }

    private String client(String mailbox) throws Exception {
        Path file = Files.writeString(folder.resolve("client"), mailbox + "\nAlice " + clients + "\n");
        assertThat(execute("client", "add", "--therapist", DR_BLOOM, file.toString(), "--json"))
                .as(said.toString())
                .isZero();
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(said.toString())
                .path("thread")
                .asText();
    }

    private String carriage() {
        assertThat(execute("thread", "show", thread)).isZero();
        return said.toString();
    }

    private int add(byte[] brought, String... more) throws java.io.IOException {
        Path file = Files.write(folder.resolve("brought.asc"), brought);
        List<String> command = new java.util.ArrayList<>(List.of("client", "key", "add", thread, file.toString()));
        command.addAll(List.of(more));
        return execute(command.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        said = new StringWriter();
        CommandLine line =
                Commands.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return line.execute(all.toArray(String[]::new));
    }
}
