package org.therapost.server.endtoend.carriage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** Parcels that do not arrive: what nobody takes, and what we ourselves fail on. Time passes by moving their rows. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class StubbornParcelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1");
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
    void the_therapist_hears_once_that_a_parcel_is_late_and_once_that_it_is_given_up() throws Exception {
        String thread = server.administrator().client(DR_BLOOM, "deferred@provider.example", "Bruno");
        server.administrator().consent(thread, true);
        String id = answer(thread, "late");
        awaitAttempts(id, 1);
        long before = notices();

        later("5 hours", id);
        awaitAttempts(id, 2);
        assertThat(count("mail_queue where told_at is not null and id = '" + id + "'"))
                .isEqualTo(1);
        later("30 hours", id);
        awaitAttempts(id, 3);
        server.kill();
        server.start();
        later("12 hours", id);
        awaitAttempts(id, 4);
        assertThat(notices()).as("told once of the delay").isEqualTo(before + 1);

        later("5 days", id);
        await().atMost(PATIENCE).until(() -> count("mail_queue where id = '" + id + "'") == 0);
        assertThat(notices()).isEqualTo(before + 2);
    }

    @Test
    void a_parcel_on_which_we_fail_is_kept_sealed_and_the_others_pass() throws Exception {
        String thread = server.administrator().client(DR_BLOOM, "alice@provider.example", "Alice");
        String poison = answer(thread, "poison");
        long before = notices();
        // A parcel that must wait, where those are that travel: the relay throws.
        sql("update mail_queue set takes = 9 where id = '" + poison + "'");
        sql("update mail_queue set queue = 'spool' where id = '" + poison + "'");
        String other = server.administrator().client(DR_BLOOM, "carol@provider.example", "Carol");
        server.administrator().consent(other, true);
        answer(other, "sound");

        await().atMost(PATIENCE).until(() -> outside.taken().stream().anyMatch(mail -> mail.contains("sound")));
        await().atMost(PATIENCE).until(() -> count("mail_repository_item where key = '" + poison + "'") == 1);
        await().atMost(PATIENCE).until(() -> count("mail_queue where id = '" + poison + "'") == 0);
        assertThat(notices()).as("told").isEqualTo(before + 1);
        assertThat(server.administrator().queue().get(0).path("place").asText()).isEqualTo("kept");
        assertThat(server.administrator().queue().toString()).contains(poison).doesNotContain("provider.example");
        assertThat(Files.readString(server.errors()) + Files.readString(server.output()))
                .contains("parcel " + poison + " could not be carried")
                .doesNotContain("alice");
        await().atMost(PATIENCE).until(() -> server.administrator().metrics().contains("therapost_queue_kept 1.0"));
        assertThat(server.administrator().metrics())
                .contains("therapost_parcels_kept_total 1.0")
                .contains("therapost_carriage_attempts_total{result=\"delivered\"}")
                .contains("therapost_messages_filed_total{direction=\"from-therapist\"}")
                .contains("therapost_queue_length{queue=\"spool\"} ")
                .contains("therapost_database_connections_active ")
                .doesNotContain("provider.example", "practice.example", "Alice");

        server.administrator().retryAll();
        assertThat(count("mail_repository_item")).isZero();
        server.administrator().consent(thread, true);
        await().atMost(PATIENCE).until(() -> outside.taken().stream().anyMatch(mail -> mail.contains("poison")));
    }

    /** Dr Bloom answers; returns the parcel's id. */
    private String answer(String thread, String word) throws Exception {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            String mail = "From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: " + word + "\r\nMessage-ID: <"
                    + word + "@practice.example>\r\n\r\n" + word + "\r\n";
            assertThat(smtp.mail(DR_BLOOM, thread, mail.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("250 ");
        }
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select q.id from mail_queue q join thread t on t.id = q.thread_id where t.address = '" + thread
                                + "'")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void awaitAttempts(String id, int attempts) {
        await().atMost(PATIENCE)
                .until(() ->
                        count("mail_queue where lease is null and id = '" + id + "' and attempts >= " + attempts) == 1);
    }

    /** So much time passes for a parcel, and its pause is over. */
    private void later(String time, String id) throws Exception {
        sql("update mail_queue set enqueued_at = enqueued_at - interval '" + time + "' where id = '" + id + "'");
        server.administrator().retryAll();
    }

    private void sql(String command) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(command)).isEqualTo(1);
        }
    }

    private long notices() throws Exception {
        return count("message where direction = 'notice'");
    }

    private long count(String what) throws Exception {
        try (Connection connection = server.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException away) {
            return -1;
        }
    }
}
