package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;
import static org.therapost.server.outsiders.Practice.PASSWORD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.therapost.server.outsiders.openpgp.Gpg;
import org.therapost.server.outsiders.openpgp.Judge;
import org.therapost.server.outsiders.openpgp.OpenPgp;
import org.therapost.server.outsiders.openpgp.Program;

/** The record comes back from the database with the therapist's exported key and programs that are not ours. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {

    private static final String ALICE = "alice@provider.example";

    private final List<String> written = new ArrayList<>();
    private Practice practice;
    private Path folder;
    private String thread;
    private String exported;

    @BeforeAll
    void alice_and_dr_bloom_write_to_each_other() throws Exception {
        practice = Practice.open(Map.of()).withDrBloom();
        folder = practice.folder("r");
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
        thread = practice.client(ALICE, "Alice");
        written.add(Mails.plain(ALICE, "I slept better.\r\n.\r\nThank you \u2013 \u00e4\u00f6\u00fc\r\n"));
        written.add(Mails.large(ALICE));
        written.add(Mails.plain(DR_BLOOM, "> I slept better.\r\nGood to hear.  \r\n"));
        practice.receive(ALICE, thread, written.get(0));
        practice.receive(ALICE, thread, written.get(1));
        practice.submit(DR_BLOOM, thread, written.get(2));
        exported = practice.commandReading(PASSWORD, "therapist", "export-key", DR_BLOOM);
    }

    @AfterAll
    void the_practice_closes() throws Exception {
        practice.close();
    }

    @Test
    void it_staff_and_therapist_recover_the_record_by_the_commands_of_the_documentation() throws Exception {
        Path there = Files.createDirectory(folder.resolve("d"));
        try (Gpg gpg = new Gpg(there, "g").passphrase(PASSWORD)) {
            Files.writeString(there.resolve("bloom.asc"), exported);
            Path script = Files.writeString(there.resolve("recover.sh"), commandsOfTheDocumentation());
            Map<String, String> environment =
                    new HashMap<>(Map.of("GNUPGHOME", gpg.home().toString()));
            environment.putAll(Map.of("PGHOST", "127.0.0.1", "PGPORT", practice.databasePort()));
            environment.putAll(Map.of("PGUSER", "therapost", "PGDATABASE", "postgres", "THERAPIST", DR_BLOOM));
            environment.put("PGPASSWORD", practice.databasePassword());
            Program.ok(there, environment, new byte[0], "bash", script);
        }
        assertThat(files(there.resolve("record").resolve(thread))).isEqualTo(written);
        // The answer has no way to Alice yet.
        assertThat(files(there.resolve("record/none")))
                .singleElement()
                .asString()
                .startsWith("From: \"Office\" <office@practice.example>");
    }

    /** OpenPGP.js is no program that an operator has at hand, and opens no key with a passphrase here. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENPGPJS")
    void the_exported_key_opens_the_thread_s_key_and_that_opens_every_message(Judge judge) throws Exception {
        try (OpenPgp program = judge.in(folder)) {
            program.take(exported.getBytes(UTF_8), PASSWORD);
            List<byte[]> shares = octets("select s.sealed_secret from thread_key_share s join thread t"
                    + " on t.id = s.thread_id where t.address = ?");
            assertThat(shares).hasSize(1);
            program.take(program.open(shares.get(0)), "");
            List<String> opened = new ArrayList<>();
            for (byte[] message : messages("data_packet")) {
                opened.add(new String(program.open(message), UTF_8));
            }
            assertThat(opened).isEqualTo(written);
            for (byte[] header : messages("header_packet")) {
                assertThat(new String(program.open(header), UTF_8))
                        .startsWith("From: ")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void without_the_therapist_s_key_nothing_opens() throws Exception {
        try (Gpg gpg = new Gpg(folder, "g2")) {
            gpg.newKey("mallory@elsewhere.example");
            for (byte[] message : messages("data_packet")) {
                Path stolen = Files.write(folder.resolve("stolen"), message);
                Program.Outcome outcome = Program.run(
                        folder, Map.of("GNUPGHOME", gpg.home().toString()), new byte[0], List.of("gpg", "-d", stolen));
                assertThat(outcome.status()).isNotZero();
                assertThat(outcome.output()).isEmpty();
                assertThat(new String(message, UTF_8)).doesNotContain("slept better");
            }
        }
    }

    @Test
    void an_export_needs_the_password() {
        assertThat(exported).startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----");
        assertThat(practice.status("wrong", "therapist", "export-key", DR_BLOOM))
                .isNotZero();
    }

    private List<byte[]> messages(String packet) {
        return octets(
                "select k.key_packets || m." + packet + " from message m join message_key k on k.message_id = m.id"
                        + " join thread t on t.id = m.thread_id where t.address = ? order by m.accepted_at");
    }

    private List<byte[]> octets(String query) {
        return practice.sql().fetch(query, thread).map(row -> Objects.requireNonNull((byte[]) row.get(0)));
    }

    private static List<String> files(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(Files.readString(file));
            }
        }
        return all;
    }

    private static String commandsOfTheDocumentation() throws IOException {
        Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/recovery.md")));
        StringBuilder commands = new StringBuilder("set -euo pipefail\n");
        while (block.find()) {
            commands.append(block.group(1));
        }
        return commands.toString();
    }
}
