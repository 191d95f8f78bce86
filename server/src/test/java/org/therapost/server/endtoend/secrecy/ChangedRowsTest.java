package org.therapost.server.endtoend.secrecy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.util.Modules;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.commandline.Commands;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;
import org.therapost.server.folder.StartException;
import org.therapost.server.process.TherapostServer;
import picocli.CommandLine;

/** MALLORY owns the database, has no key, and moves sealed values between rows: nothing goes where MALLORY wants it. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ChangedRowsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess server;

    @BeforeAll
    void a_practice(@TempDir Path folder) throws Exception {
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

    @Test
    void of_two_clients_whose_addresses_were_swapped_neither_gets_the_others_answer_and_the_therapist_is_told()
            throws Exception {
        String alices = client("alice");
        String brunos = client("bruno");
        String claras = client("clara");
        swap("thread", "client_address_sealed", alices, brunos);

        assertThat(submit(alices, "for-alice-alone")).startsWith("451 ");
        assertThat(submit(brunos, "for-bruno-alone")).startsWith("451 ");
        assertThat(write("alice", alices)).startsWith("451 ");
        assertThat(count("mail_queue")).isZero();
        assertThat(submit(claras, "clara-is-not-concerned")).startsWith("250 ");
        await().atMost(PATIENCE).until(() -> arrived("clara-is-not-concerned"));
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("alone"));

        await().atMost(PATIENCE).until(() -> server.administrator().troubles().contains("record"));
        await().atMost(PATIENCE).until(() -> notes(alices) == 1 && notes(brunos) == 1);
        assertThat(notes(claras)).isZero();
        assertThat(verify())
                .contains(alices)
                .contains(brunos)
                .contains("client_address_sealed was not sealed for this row")
                .doesNotContain("alice@", "bruno@");
        assertThat(notes(alices)).as("once").isEqualTo(1);

        swap("thread", "client_address_sealed", alices, brunos);
        assertThat(verify()).doesNotContain("WRONG");
        assertThat(submit(alices, "for-alice-again")).startsWith("250 ");
        await().atMost(PATIENCE).until(() -> arrived("for-alice-again"));
    }

    @Test
    void a_parcel_that_was_put_into_another_parcels_row_is_not_carried() throws Exception {
        String alices = client("ada");
        String brunos = client("ben");
        outside.busy(true);
        assertThat(submit(alices, "what-ada-told-me")).startsWith("250 ");
        assertThat(submit(brunos, "what-ben-told-me")).startsWith("250 ");
        await().atMost(PATIENCE)
                .until(() -> count("mail_queue where deferred_at is not null and leased_until is null") == 2);
        for (String column : List.of("content_sealed", "envelope_sealed")) {
            swap("mail_queue", column, alices, brunos);
        }
        outside.busy(false);
        sql("update mail_queue set not_before = clock_timestamp()");
        await().atMost(PATIENCE).until(() -> count("mail_queue where damaged_told_at is not null") == 2);
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("told-me"));
        sql("delete from mail_queue");
    }

    @Test
    void nothing_is_sealed_to_a_certificate_that_was_put_into_a_thread_and_the_therapist_is_told() throws Exception {
        String alices = client("anna");
        String mallorys = client("mallory");
        assertThat(write("anna", alices)).startsWith("250 ");
        long before = count("message where direction <> 'notice'");
        // One of which Mallory has the secret: here, that of another thread.
        sql("update thread_key k set certificate = m.certificate, binding = m.binding from thread_key m"
                + " where k.thread_id = (select id from thread where address = '" + alices + "')"
                + " and m.thread_id = (select id from thread where address = '" + mallorys + "')");

        assertThat(write("anna", alices)).startsWith("451 ");
        assertThat(submit(alices, "for-anna-alone")).startsWith("451 ");
        assertThat(count("message where direction <> 'notice'")).isEqualTo(before);
        assertThat(write("mallory", mallorys)).as("nobody else is concerned").startsWith("250 ");
        await().atMost(PATIENCE).until(() -> notes(alices) == 1);
        await().atMost(PATIENCE).until(() -> server.administrator().troubles().contains("record"));
        assertThat(verify()).contains(alices, "table thread_key", "is not what this server bound");
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT Clients/anna");
            assertThat(program.ok("UID FETCH 1:* (BODY.PEEK[TEXT])").fetched())
                    .as("what was filed is read as before")
                    .hasSize(1);
        }
        sql("update thread_key set binding = null where thread_id = (select id from thread where address = '" + alices
                + "')");
        assertThat(write("anna", alices)).as("without any binding").startsWith("451 ");
    }

    @Test
    void nothing_is_sealed_to_a_certificate_that_was_put_into_a_therapists_row() throws Exception {
        String lin = "lin@practice.example";
        server.administrator().therapist(lin, "Dr Lin", PASSWORD);
        String thread = server.administrator().client(lin, "carl@provider.example", "carl");
        server.administrator().consent(thread, true);
        sql("update therapist set certificate = (select certificate from therapist where address = '" + DR_BLOOM
                + "') where address = '" + lin + "'");
        assertThat(write("carl", thread)).startsWith("451 ");
        assertThat(write("carl", lin)).startsWith("451 ");
        await().atMost(PATIENCE).until(() -> server.administrator().troubles().contains("record"));
        assertThat(verify()).contains("table therapist", "is not what this server bound");
        try (RawImap program = server.imaps().login(lin, PASSWORD)) {
            assertThat(program.withLiteral("APPEND Drafts ()", "Subject: x\r\n\r\nx\r\n".getBytes(UTF_8), "")
                            .completion())
                    .as("reading works, and nothing is sealed")
                    .startsWith("NO ");
        }
    }

    @Test
    void of_two_threads_whose_addresses_were_swapped_neither_clients_answer_goes_to_the_other() throws Exception {
        String alices = client("amy");
        String brunos = client("bob");
        swapAddresses(alices, brunos);
        assertThat(submit(alices, "for-amy-alone")).startsWith("451 ");
        assertThat(submit(brunos, "for-bob-alone")).startsWith("451 ");
        assertThat(write("amy", alices)).startsWith("451 ");
        assertThat(verify()).contains("table thread_key", "is not what this server bound");
        swapAddresses(alices, brunos);
        assertThat(submit(alices, "for-amy-again")).startsWith("250 ");
        await().atMost(PATIENCE).until(() -> arrived("for-amy-again"));
        assertThat(outside.taken()).noneMatch(mail -> mail.contains("-alone"));
    }

    @Test
    void a_thread_that_was_given_to_another_therapist_takes_nothing_and_sends_nothing() throws Exception {
        String alices = client("ava");
        String mallory = "mallory@practice.example";
        server.administrator().therapist(mallory, "Dr Mallory", PASSWORD);
        String owner = "update thread set therapist_id = (select id from therapist where address = '%s')"
                + " where address = '" + alices + "'";
        sql(String.format(owner, mallory));
        assertThat(write("ava", alices)).startsWith("451 ");
        assertThat(submit(alices, "for-ava")).startsWith("451 ");
        sql(String.format(owner, DR_BLOOM));
        assertThat(write("ava", alices)).startsWith("250 ");
    }

    @Test
    void nobody_logs_in_with_a_password_that_they_put_there_with_custody_own() throws Exception {
        String known = "a password that Mallory knows";
        String eve = "eve@practice.example";
        String kim = "kim@practice.example";
        server.administrator().therapist(eve, "Dr Eve", known);
        server.administrator().therapist(kim, "Dr Kim", PASSWORD);
        sql("update therapist set custody = 'own' where address = '" + kim + "'");
        sql("update way_in w set record = e.record, locked_key = null from way_in e where w.kind = 'password'"
                + " and e.kind = 'password' and w.username = '" + kim + "' and e.username = '" + eve + "'");
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(kim, known)).startsWith("454");
        }
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(eve, known)).as("the password is right").startsWith("235");
        }
        await().atMost(PATIENCE).until(() -> server.administrator().troubles().contains("record"));
    }

    @Test
    void a_changed_thread_stops_no_command_about_another_and_none_goes_to_another_instead() throws Exception {
        String office = "office@practice.example";
        String olgas = client("olga");
        client("otto");
        String row = " where thread_id = (select id from thread where address = '" + olgas + "')";
        sql("update thread_key set binding = binding || '\\x00'" + row);
        assertThat(submit(office, "help", "")).startsWith("250 ");
        assertThat(submit(office, "otto session open 20", "")).startsWith("250 ");
        assertThat(submit(office, "olga session open 20", "")).startsWith("451 ");
        assertThat(submit(office, "session open 20", "")).startsWith("451 ");
        assertThat(submit(office, "Re: otto session open 20", "In-Reply-To: <somebody@practice.example>\r\n"))
                .startsWith("451 ");
        sql("update thread_key set binding = substring(binding from 1 for 32)" + row);
        assertThat(submit(office, "olga session open 20", "")).startsWith("250 ");
        assertThat(verify()).doesNotContain(olgas);
    }

    @Test
    void a_server_starts_though_a_therapist_cannot_be_told_that_operators_know_her_password(@TempDir Path folder)
            throws Exception {
        try (TherapostServer first = TestServer.start(folder, Modules.EMPTY_MODULE)) {
            first.part(org.therapost.domain.enrolment.Enrolment.class).addPractice("practice.example");
            TestTherapists.add(first::part, "kim@practice.example", "Dr Kim", PASSWORD);
            var sql = first.part(org.therapost.storage.postgres.Database.class).sql();
            sql.execute("update way_in set set_by = 'operator'");
            sql.execute("update therapist set certificate = '\\x010203'");
        }
        try (TherapostServer again = TestServer.start(folder, Modules.EMPTY_MODULE)) {
            assertThat(again.part(org.therapost.storage.postgres.Database.class)
                            .sql()
                            .fetchValue("select count(*) from wrong_row"))
                    .isEqualTo(1L);
        }
    }

    @Test
    void a_value_of_the_time_before_rows_were_bound_cannot_be_brought_back(@TempDir Path folder) throws Exception {
        UUID practice;
        try (TherapostServer first = TestServer.start(folder, Modules.EMPTY_MODULE)) {
            var enrolment = first.part(org.therapost.domain.enrolment.Enrolment.class);
            enrolment.addPractice("practice.example");
            var sql = first.part(org.therapost.storage.postgres.Database.class).sql();
            var key = first.part(org.therapost.domain.sealing.ServerKey.class);
            practice = (UUID) sql.fetchValue("select id from practice");
            byte[] unbound = key.sealUnbound("words", org.therapost.domain.sealing.SealingPurpose.PRACTICE_DKIM_KEY);
            sql.execute("update practice set dkim_private_sealed = '\\x"
                    + HexFormat.of().formatHex(unbound) + "'");
            sql.execute("delete from sealed_for_rows");
        }
        assertThat(practice).isNotNull();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> TestServer.start(folder, Modules.EMPTY_MODULE))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("not bound to their rows any more")
                .hasMessageContaining("sealed.bound");
    }

    private String client(String name) throws Exception {
        String thread = server.administrator().client(DR_BLOOM, name + "@provider.example", name);
        server.administrator().consent(thread, true);
        return thread;
    }

    /** Swaps a column of the rows of two threads. */
    private void swap(String table, String column, String one, String other) throws Exception {
        String thread = table.equals("thread") ? "id" : "thread_id";
        sql("update " + table + " t set " + column + " = s." + column + " from " + table + " s where t." + thread
                + " in (select id from thread where address in ('" + one + "', '" + other + "')) and s." + thread
                + " in (select id from thread where address in ('" + one + "', '" + other + "')) and s." + thread
                + " <> t." + thread);
    }

    private void swapAddresses(String one, String other) throws Exception {
        String address = "update thread set address = '%s' where address = '%s'";
        sql(String.format(address, "nobodys@practice.example", one));
        sql(String.format(address, one, other));
        sql(String.format(address, other, "nobodys@practice.example"));
    }

    private long notes(String thread) throws Exception {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT INBOX");
            return program.ok("UID FETCH 1:* (BODY.PEEK[TEXT])").fetched().stream()
                    .map(line -> new String(line.literal(), UTF_8)
                            .replace("=\r\n", "")
                            .replaceAll("\\s+", " "))
                    .filter(text ->
                            text.contains("the client who writes to " + thread + " was changed in its database"))
                    .count();
        }
    }

    private String submit(String thread, String word) throws Exception {
        return submit(thread, "Hello", "Message-ID: <" + word + "@practice.example>\r\n", word);
    }

    private String submit(String office, String subject, String field) throws Exception {
        return submit(office, subject, field + "Message-ID: <" + UUID.randomUUID() + "@practice.example>\r\n", "");
    }

    private String submit(String thread, String subject, String fields, String word) throws Exception {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            smtp.expect("250", "MAIL FROM:<" + DR_BLOOM + ">");
            String there = smtp.command("RCPT TO:<" + thread + ">");
            if (!there.startsWith("250")) {
                return there;
            }
            smtp.expect("354", "DATA");
            return smtp.command("From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: " + subject + "\r\n" + fields
                    + "\r\n" + word + "\r\n.");
        }
    }

    private String write(String name, String thread) throws Exception {
        String author = name + "@provider.example";
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            smtp.expect("250", "MAIL FROM:<" + author + ">");
            String there = smtp.command("RCPT TO:<" + thread + ">");
            if (!there.startsWith("250")) {
                return there;
            }
            smtp.expect("354", "DATA");
            return smtp.command("From: " + author + "\r\nTo: " + thread + "\r\nSubject: Letter\r\n\r\nI slept.\r\n.");
        }
    }

    private boolean arrived(String word) {
        return outside.taken().stream().anyMatch(mail -> mail.contains(word));
    }

    private String verify() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Commands.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(out, true));
        commandLine.execute("record", "verify", "--data", server.data().toString());
        return out.toString();
    }

    private long count(String what) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void sql(String command) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(command);
        }
    }
}
