package org.therapost.server.endtoend.secrecy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.commandline.Commands;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.record.RecordChaining;
import picocli.CommandLine;

/** What the therapist's key has signed about the record shows what the server key alone would hide. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";

    private TherapostServer server;
    private Path data;
    private DSLContext sql;
    private String thread;

    @BeforeEach
    void alice_has_written_and_dr_bloom_has_read(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        server = TestServer.start(folder, Modules.EMPTY_MODULE);
        sql = server.part(Database.class).sql();
        server.part(Enrolment.class).addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = new Administrator(data).client(DR_BLOOM, ALICE, "Alice");
        for (int week = 1; week <= 4; week++) {
            arrive("Week " + week);
        }
        read();
        await().atMost(PATIENCE).until(() -> checkpoints() == 1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void one_is_signed_at_a_login_kept_twice_and_not_again_within_an_hour_or_without_news() throws Exception {
        String file = Files.readString(data.resolve("checkpoints"));
        assertThat(file)
                .contains("BEGIN PGP SIGNED MESSAGE", "therapist ", "before none", " 4\ntag ", "threads 1\n")
                .doesNotContain("alice", "Alice", "bloom");
        assertThat(verify().text()).contains("everything is as it was accepted");

        arrive("Week 5");
        read();
        sql.execute("update checkpoint set made_at = made_at - interval '2 hours'");
        sql.execute("select pg_sleep(1)");
        assertThat(checkpoints()).as("within the hour").isEqualTo(1);
        read();
        await().atMost(PATIENCE).until(() -> checkpoints() == 2);
        sql.execute("update checkpoint set made_at = made_at - interval '2 hours'");
        read();
        sql.execute("select pg_sleep(1)");
        assertThat(checkpoints()).as("nothing has come since").isEqualTo(2);
        Verdict verdict = verify();
        assertThat(verdict.status()).as(verdict.text()).isZero();
    }

    @Test
    void an_older_state_of_the_database_that_was_put_back_is_found() throws Exception {
        assertThat(verify().status()).isZero();
        mallory(on -> {
            on.execute("delete from checkpoint");
            on.execute("delete from mailbox_message where message_id in (select message_id from record_entry where"
                    + " number = 4)");
            on.execute("delete from message_key where message_id in (select message_id from record_entry where"
                    + " number = 4)");
            on.execute("delete from message where id in (select message_id from record_entry where number = 4)");
            on.execute("delete from record_entry where number = 4");
            on.execute("update record_head h set number = 3, tag = (select tag from record_entry e where e.thread_id ="
                    + " h.thread_id and number = 3)");
        });
        Verdict verdict = verify();
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.wrong())
                .singleElement()
                .asString()
                .contains("number 4", "an older state of the database was put back", thread);
        await().atMost(PATIENCE).until(() -> new Administrator(data).troubles().contains("record"));
    }

    @Test
    void a_chain_that_was_made_anew_with_the_server_key_is_found_by_what_the_therapist_kept() throws Exception {
        sql.execute("update checkpoint set made_at = made_at - interval '8 days'");
        arrive("Week 5");
        read();
        await().atMost(PATIENCE).until(() -> notes() == 1);
        Path kept = data.resolveSibling("kept.txt");
        Files.writeString(kept, noteText());
        Verdict asKept = verify("--against", kept.toString());
        assertThat(asKept.status()).as(asKept.text() + Files.readString(kept)).isZero();

        mallory(on -> {
            on.execute("update message set accepted_at = accepted_at + interval '3 days' where id ="
                    + " (select message_id from record_entry where number = 2)");
            on.execute("delete from record_entry where thread_id is not null");
            on.execute("delete from record_head");
            on.execute("delete from record_chained");
            on.execute("delete from checkpoint");
        });
        new RecordChaining(server.part(Database.class), server.part(ServerKey.class), line -> {}, () -> false).run();
        Files.delete(data.resolve("checkpoints"));
        assertThat(verify().wrong())
                .as("whoever has the server key leaves no trace here")
                .isEmpty();

        Verdict verdict = verify("--against", kept.toString());
        assertThat(verdict.status()).isEqualTo(1);
        assertThat(verdict.wrong()).singleElement().asString().contains("it was made anew", "number 5", thread);
    }

    @Test
    void a_checkpoint_that_somebody_changed_or_took_away_is_found_and_a_file_without_one_is_refused() throws Exception {
        Path file = data.resolve("checkpoints");
        String right = Files.readString(file);
        Files.writeString(file, right.replace(" 4\ntag", " 3\ntag"));
        assertThat(verify().wrong()).singleElement().asString().contains("was not signed by the key");
        Files.writeString(file, right);
        assertThat(verify().status()).isZero();

        arrive("Week 5");
        sql.execute("update checkpoint set made_at = made_at - interval '2 hours'");
        read();
        await().atMost(PATIENCE).until(() -> checkpoints() == 2);
        mallory(on -> on.execute("delete from checkpoint where made_at = (select min(made_at) from checkpoint)"));
        Files.writeString(file, Files.readString(file).substring(right.length()));
        assertThat(verify().wrong()).singleElement().asString().contains("the checkpoint before it is neither");

        Path empty = data.resolveSibling("empty.txt");
        Files.writeString(empty, "nothing\n");
        Verdict refused = verify("--against", empty.toString());
        assertThat(refused.status()).isNotZero();
        assertThat(refused.text()).contains("no signed checkpoint");
    }

    private long checkpoints() {
        return sql.fetchCount(org.therapost.storage.generated.Tables.CHECKPOINT);
    }

    private long notes() throws IOException {
        return bodies().stream()
                .filter(text -> text.contains("BEGIN PGP SIGNED MESSAGE"))
                .count();
    }

    private String noteText() throws IOException {
        return bodies().stream()
                .filter(text -> text.contains("BEGIN PGP SIGNED MESSAGE"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> bodies() throws IOException {
        try (RawImap program = reader()) {
            program.ok("SELECT INBOX");
            return program.ok("FETCH 1:* (BODY.PEEK[TEXT])").fetched().stream()
                    .map(line -> new String(line.literal(), US_ASCII))
                    .toList();
        }
    }

    private void read() throws IOException {
        try (RawImap program = reader()) {
            program.ok("SELECT INBOX");
            program.ok("LOGOUT");
        }
    }

    private RawImap reader() throws IOException {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    private void arrive(String subject) throws IOException {
        String mail = "From: Client <" + ALICE + ">\r\nTo: " + thread + "\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + UUID.randomUUID() + "@provider.example>\r\n\r\n" + subject + "\r\n";
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                InetAddress.getLoopbackAddress(), server.addresses().smtp().getPort()))) {
            smtp.expect("250", "EHLO mx.provider.example");
            assertThat(smtp.mail(ALICE, thread, mail)).startsWith("250 ");
        }
    }

    /** Acts on the database without a guard. */
    private void mallory(Consumer<DSLContext> act) {
        List<String> guarded =
                List.of("message", "message_key", "record_entry", "record_head", "mailbox_message", "held_message");
        sql.transaction(transaction -> {
            DSLContext on = transaction.dsl();
            guarded.forEach(table -> on.execute("alter table " + table + " disable trigger user"));
            act.accept(on);
            guarded.forEach(table -> on.execute("alter table " + table + " enable trigger user"));
        });
    }

    private record Verdict(int status, String text) {

        List<String> wrong() {
            return text.lines().filter(line -> line.startsWith("WRONG")).toList();
        }
    }

    private Verdict verify(String... more) {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Commands.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        List<String> all = new ArrayList<>(List.of("record", "verify"));
        all.addAll(List.of(more));
        all.addAll(List.of("--data", data.toString()));
        return new Verdict(commandLine.execute(all.toArray(String[]::new)), out.toString());
    }
}
