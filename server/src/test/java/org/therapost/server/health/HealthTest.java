package org.therapost.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.ResultStatus;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.server.CheapPasswords;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.process.TherapostServer;
import org.therapost.server.spool.Spool;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;

/** What is wrong makes the server not ready, and what is well again makes it ready. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STUCK = "insert into mail_queue (id, queue, name, size, envelope_sealed,"
            + " content_sealed, not_before, lease, leased_until) values (gen_random_uuid(), 'spool', 'stuck', 1, '', '',"
            + " clock_timestamp() - interval '1 hour', gen_random_uuid(), clock_timestamp() + interval '5 seconds')";

    private TherapostServer server;
    private HealthWatch health;
    private ConnectionParameters database;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Configuration free = Configuration.defaults()
                .with(
                        DataFolderSettings.DATA_FOLDER,
                        CheapPasswords.in(folder.resolve("data")).toString())
                .with(HealthSettings.DISK_MINIMUM, "0")
                .onFreePorts();
        server = TherapostServer.start(free, line -> {});
        health = server.part(HealthWatch.class);
        database = server.part(Database.class).parameters();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_dead_spool_is_noticed_and_brought_back_to_life() {
        await().atMost(PATIENCE).until(health::ready);
        server.part(JamesMailSpooler.class).dispose();
        assertThat(server.part(Spool.class).alive()).isFalse();
        await().atMost(PATIENCE).until(() -> server.part(Spool.class).alive() && health.ready());
    }

    @Test
    void clocks_that_differ_by_seconds_are_a_warning_and_by_ten_a_fault() {
        assertThat(clock(Duration.ZERO)).isEqualTo(ResultStatus.HEALTHY);
        assertThat(clock(Duration.ofSeconds(-4))).isEqualTo(ResultStatus.DEGRADED);
        assertThat(clock(Duration.ofSeconds(4))).isEqualTo(ResultStatus.DEGRADED);
        assertThat(clock(Duration.ofSeconds(-15))).isEqualTo(ResultStatus.UNHEALTHY);
        assertThat(clock(Duration.ofDays(1))).isEqualTo(ResultStatus.UNHEALTHY);
    }

    private ResultStatus clock(Duration wrong) {
        try (DatabaseProbe probe = new DatabaseProbe(database, Clock.offset(Clock.systemUTC(), wrong))) {
            probe.look();
            return status(new ClockHealth(probe));
        }
    }

    @Test
    void a_public_suffix_list_is_a_warning_after_a_year_and_when_its_date_has_not_come() {
        Clock today = Clock.fixed(Instant.parse("2026-11-28T23:59:59Z"), ZoneOffset.UTC);
        assertThat(status(new SuffixListHealth(LocalDate.of(2026, 11, 28), today)))
                .isEqualTo(ResultStatus.HEALTHY);
        assertThat(status(new SuffixListHealth(LocalDate.of(2025, 11, 28), today)))
                .isEqualTo(ResultStatus.HEALTHY);
        assertThat(status(new SuffixListHealth(LocalDate.of(2025, 11, 27), today)))
                .isEqualTo(ResultStatus.DEGRADED);
        assertThat(status(new SuffixListHealth(LocalDate.EPOCH, today))).isEqualTo(ResultStatus.DEGRADED);
        assertThat(status(new SuffixListHealth(LocalDate.of(2090, 1, 1), today)))
                .isEqualTo(ResultStatus.DEGRADED);
    }

    @Test
    void a_disk_that_is_nearly_full_is_a_fault(@TempDir Path folder) {
        assertThat(status(new DiskHealth(folder, 1))).isEqualTo(ResultStatus.HEALTHY);
        assertThat(status(new DiskHealth(folder, Long.MAX_VALUE))).isEqualTo(ResultStatus.UNHEALTHY);
        assertThat(status(new DiskHealth(folder.resolve("unmounted"), 1))).isEqualTo(ResultStatus.UNHEALTHY);
    }

    @Test
    void a_pool_without_a_free_connection_is_a_fault_when_it_lasts() {
        Database.PoolFigures[] figures = {new Database.PoolFigures(4, 0, 2, 4)};
        PoolHealth pool = new PoolHealth(() -> figures[0]);
        assertThat(status(pool)).isEqualTo(ResultStatus.HEALTHY);
        assertThat(status(pool)).isEqualTo(ResultStatus.HEALTHY);
        assertThat(status(pool)).isEqualTo(ResultStatus.UNHEALTHY);
        figures[0] = new Database.PoolFigures(3, 1, 0, 4);
        assertThat(status(pool)).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void a_parcel_that_nobody_takes_and_too_many_parcels_are_faults() throws Exception {
        Spool spool = server.part(Spool.class);
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                DatabaseProbe probe = new DatabaseProbe(database, Clock.systemUTC());
                Statement statement = connection.createStatement()) {
            SpoolHealth strict = new SpoolHealth(probe, spool, Duration.ofDays(1), 0);
            SpoolHealth patient = new SpoolHealth(probe, spool, Duration.ofDays(1), 10);
            SpoolHealth usual = new SpoolHealth(probe, spool, Duration.ofMillis(1), 10);
            // Leased for a moment, so that it can be locked before anybody takes it: who takes passes over locked rows.
            statement.execute(STUCK);
            connection.setAutoCommit(false);
            statement.execute("select id from mail_queue where name = 'stuck' for update");
            await().atMost(PATIENCE).until(() -> {
                probe.look();
                return status(usual) == ResultStatus.UNHEALTHY;
            });
            assertThat(status(usual)).isEqualTo(ResultStatus.UNHEALTHY);
            assertThat(status(patient)).isEqualTo(ResultStatus.HEALTHY);
            assertThat(status(strict)).isEqualTo(ResultStatus.UNHEALTHY);
            statement.execute("delete from mail_queue where name = 'stuck'");
            connection.commit();
            probe.look();
            assertThat(status(strict)).isEqualTo(ResultStatus.HEALTHY);
        }
    }

    private static ResultStatus status(HealthCheck check) {
        return Mono.from(check.check()).blockOptional().orElseThrow().getStatus();
    }
}
