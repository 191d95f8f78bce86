package org.therapost.server.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.people.Therapist;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.commandline.Commands;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.generated.Tables;
import org.therapost.storage.postgres.Database;
import picocli.CommandLine;

/** Somebody asks for the certificate of a thread or a therapist: {@code key export}, against a running server. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyExportTest {

    private static final String ALICE = "alice@provider.example";

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Clock.systemUTC());
    private TherapostServer server;
    private Path folder = Path.of("unset");
    private Therapist bloom;
    private ClientThread thread;
    private StringWriter output = new StringWriter();
    private StringWriter aside = new StringWriter();

    @BeforeAll
    void a_practice(@TempDir Path data) throws Exception {
        folder = data;
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        bloom = TestTherapists.add(server::part, "bloom@practice.example", "Dr Bloom", "a long walk by the river");
        thread = enrolment.addClient("bloom@practice.example", ALICE, "Alice");
    }

    @AfterAll
    void the_server_stops() {
        server.close();
    }

    @BeforeEach
    void nothing_was_said() {
        output = new StringWriter();
        aside = new StringWriter();
    }

    @Test
    void a_threads_certificate_comes_out_as_others_read_it_and_its_fingerprint_beside_it() {
        assertThat(export(thread.address().value())).isZero();

        assertThat(keys.read(output.toString().getBytes(US_ASCII)).toOptional().orElseThrow())
                .isEqualTo(thread.key());
        assertThat(aside.toString()).contains(keys.fingerprint(thread.key())).doesNotContain("warning");
    }

    @Test
    void a_therapists_certificate_comes_out_too() {
        assertThat(export("Bloom@practice.example")).isZero();

        assertThat(keys.read(output.toString().getBytes(US_ASCII)).toOptional().orElseThrow())
                .isEqualTo(bloom.certificate());
    }

    @Test
    void as_json_it_says_whose_it_is() {
        assertThat(export("bloom@practice.example", "--json")).isZero();

        assertThat(output.toString())
                .contains("\"of\":\"therapist\"", keys.fingerprint(bloom.certificate()), "BEGIN PGP PUBLIC KEY");
    }

    @Test
    void a_certificate_without_its_signing_subkey_comes_with_a_warning_that_says_when_to_ask_again() throws Exception {
        ClientThread old =
                server.part(Enrolment.class).addClient("bloom@practice.example", "bruno@provider.example", "Bruno");
        server.part(Database.class)
                .sql()
                .update(Tables.THREAD_KEY)
                .setNull(Tables.THREAD_KEY.SIGNING_SUBKEY_SEALED)
                .where(Tables.THREAD_KEY.THREAD_ID.eq(old.id().value()))
                .execute();

        assertThat(export(old.address().value())).isZero();
        assertThat(aside.toString())
                .contains("warning: ", "when its therapist logs in", "export the certificate again");
    }

    @Test
    void whoever_asks_for_another_address_is_told_what_can_be_exported_and_the_address_is_not_said_again() {
        for (String nobodys : List.of(ALICE, "nobody@practice.example", "office@practice.example", "no address")) {
            nothing_was_said();
            assertThat(export(nobodys)).isNotZero();
            assertThat(output.toString()).isEmpty();
            assertThat(aside.toString())
                    .contains("`thread list`", "`therapist list`")
                    .doesNotContain(nobodys);
        }
    }

    private int export(String... arguments) {
        List<String> all = new ArrayList<>(List.of("key", "export"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        CommandLine line = Commands.commandLine();
        line.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(aside, true));
        return line.execute(all.toArray(String[]::new));
    }
}
