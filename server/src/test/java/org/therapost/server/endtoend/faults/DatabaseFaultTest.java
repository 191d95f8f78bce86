package org.therapost.server.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/**
 * What two servers on one database do when PostgreSQL dies under them, loses connections, or has none left: they say 451
 * and that they are not ready, and come back by themselves. What was answered 250 is there exactly once.
 *
 * <p>{@code -Dfault.rounds=50} makes a long run of it, {@code -Dfault.seed} the same one again.
 */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(1800)
class DatabaseFaultTest {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFaultTest.class);
    private static final int ROUNDS = Integer.getInteger("fault.rounds", 2);
    // Two servers, eight attempts each, for each fault.
    private static final int DOUBLES_A_FAULT = 16;
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final long seed = Long.getLong("fault.seed", System.nanoTime());
    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess first;
    private ServerProcess second;
    private TwoWayLoad load;
    private String thread;

    @BeforeAll
    void two_servers_on_one_database(@TempDir Path folder) throws Exception {
        dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1");
        outside = new OutsideServer(folder.resolve("outside"));
        Map<String, String> settings = settings();
        settings.put("database.patience", "8 s");
        first = new ServerProcess(folder.resolve("first"), settings).start();
        thread = TwoWayLoad.enrol(first.administrator());
        settings.remove("database.patience");
        settings.put("database.url", first.databaseUrl());
        settings.put("database.user", "therapost");
        settings.put("database.password", first.databasePassword());
        settings.put("database.connections", String.valueOf(CONNECTIONS));
        second = new ServerProcess(folder.resolve("second"), settings);
        Files.createDirectories(second.data().resolve("keys"));
        Files.copy(first.data().resolve("keys/spool.key"), second.data().resolve("keys/spool.key"));
        second.start();
        load = new TwoWayLoad(thread, seed);
        LOG.warn("seed {} (again with -Dfault.seed={})", seed, seed);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("inbound.trusted-networks", "127.0.0.1");
        settings.put("dns.servers", "127.0.0.1:" + dns.address().getPort());
        settings.put("relay.smarthost", OutsideServer.HOST);
        settings.put("relay.port", String.valueOf(outside.port()));
        settings.put("relay.trust-certificates", outside.certificate().toString());
        settings.put("health.disk-minimum", "0");
        return settings;
    }

    @AfterAll
    void all_servers_stop() throws Exception {
        second.close();
        first.close();
        outside.close();
        dns.close();
    }

    @Test
    void what_was_answered_with_250_is_there_exactly_once_after_kill_9_of_postgresql() throws Exception {
        Random random = new Random(seed);
        int faults = 0;
        try (TwoWayLoad.Writers writers = load.write(first, second)) {
            for (int round = 1; round <= ROUNDS; round++) {
                load.awaitMore(10 + random.nextInt(40));
                first.killPostgres();
                faults++;
                LOG.info("round {}: postmaster killed; {}", round, load);
                load.awaitMore(10 + random.nextInt(40));
                killSomeBackend(random);
                faults++;
                LOG.info("round {}: a backend killed; {}", round, load);
            }
            load.awaitMore(10);
            assertThat(writers).isNotNull();
        }
        await().atMost(PATIENCE)
                .until(() ->
                        first.administrator().ready() && second.administrator().ready());
        load.checkFolders(first);
        load.checkOutside(first, outside, faults * DOUBLES_A_FAULT);
        LOG.info("all of it is there: {}", load);
    }

    private void killSomeBackend(Random random) throws SQLException {
        List<Integer> pids = new ArrayList<>();
        try (Connection connection = sql();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pid from pg_stat_activity where application_name = 'therapost' order by pid")) {
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
        } catch (java.io.IOException gone) {
            throw new SQLException(gone);
        }
        first.killBackend(pids.get(random.nextInt(pids.size())));
    }

    private Connection sql() throws SQLException, java.io.IOException {
        return first.sql();
    }

    @Test
    void while_postgresql_takes_nobody_the_answer_is_451_and_readiness_is_false() throws Exception {
        try (Connection keeper = sql()) {
            run(keeper, "alter database postgres connection limit 0");
            try {
                run(
                        keeper,
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = 'postgres' and pid <> pg_backend_pid()");
                for (ServerProcess server : List.of(first, second)) {
                    await().atMost(PATIENCE)
                            .until(() -> server.administrator().troubles().contains("database"));
                    assertThat(server.administrator().ready()).isFalse();
                    assertThat(rcpt(server)).startsWith("451 4.3.0");
                    assertThat(server.administrator().metrics()).contains("therapost_queue_kept NaN");
                }
            } finally {
                run(keeper, "alter database postgres connection limit -1");
            }
        }
        comesBack();
    }

    @Test
    void while_postgresql_hangs_nobody_waits_for_ever_and_readiness_is_false() throws Exception {
        CompletableFuture<String> inWork;
        try (Connection keeper = sql()) {
            keeper.setAutoCommit(false);
            run(keeper, "lock table thread in access exclusive mode");
            inWork = CompletableFuture.supplyAsync(this::answer);
            await().atMost(PATIENCE).until(this::somebodyWaits);
            first.freezePostgres();
            try {
                assertThat(inWork.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("whose statement was under way")
                        .startsWith("451 4.3.0");
                for (ServerProcess server : List.of(first, second)) {
                    await().atMost(PATIENCE)
                            .until(() -> server.administrator().troubles().contains("database"));
                    assertThat(server.administrator().ready()).isFalse();
                }
                assertThat(answer()).as("who comes then").startsWith("451 4.3.0");
            } finally {
                first.thawPostgres();
            }
        }
        comesBack();
    }

    private String answer() {
        try {
            return rcpt(first);
        } catch (java.io.IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean somebodyWaits() throws Exception {
        try (Connection connection = sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private void comesBack() {
        for (ServerProcess server : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> server.administrator().ready());
            await().atMost(PATIENCE).until(() -> rcpt(server).startsWith("250"));
        }
    }

    private String rcpt(ServerProcess server) throws java.io.IOException {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            smtp.expect("250", "MAIL FROM:<" + TwoWayLoad.ALICE + ">");
            return smtp.command("RCPT TO:<" + thread + ">");
        }
    }

    @Test
    void while_all_connections_are_in_use_the_answer_is_451_or_no_and_readiness_is_false() throws Exception {
        List<Thread> hanging = new ArrayList<>();
        AtomicBoolean released = new AtomicBoolean();
        try (Connection keeper = sql()) {
            keeper.setAutoCommit(false);
            // Whoever asks for a thread waits, with a connection in hand.
            run(keeper, "lock table thread in access exclusive mode");
            for (int i = 0; i < CONNECTIONS; i++) {
                hanging.add(new Thread(() -> askAndWait(released), "hanging-" + i));
            }
            hanging.forEach(Thread::start);
            await().atMost(PATIENCE)
                    .until(() -> second.administrator().troubles().contains("connection pool"));
            assertThat(second.administrator().ready()).isFalse();
            assertThat(rcpt(second)).startsWith("451 4.3.0");
            try (RawImap imap = second.imaps()) {
                assertThat(imap.command("LOGIN " + TwoWayLoad.DR_BLOOM + " \"" + TwoWayLoad.PASSWORD + "\"")
                                .completion())
                        .startsWith("NO");
            }
            assertThat(first.administrator().ready())
                    .as("the other server: %s", first.administrator().troubles())
                    .isTrue();
            released.set(true);
            keeper.rollback();
        } finally {
            released.set(true);
        }
        for (Thread thread : hanging) {
            thread.join();
        }
        comesBack();
    }

    /** Asks again when the server gives a question up, however long the others take. */
    private void askAndWait(AtomicBoolean released) {
        do {
            try {
                rcpt(second);
            } catch (java.io.IOException | AssertionError late) {
                LOG.info("a client had to wait too long");
            }
        } while (!released.get());
    }

    private static void run(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
