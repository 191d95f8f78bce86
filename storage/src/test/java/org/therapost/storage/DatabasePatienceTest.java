package org.therapost.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;

/** Nobody waits for ever for the database, and nobody is waited for. */
@Timeout(120)
class DatabasePatienceTest {

    private static Database impatient;

    @BeforeAll
    static void connect() {
        ConnectionParameters usual = TestDatabase.shared().parameters();
        impatient = Database.connect(
                new ConnectionParameters(usual.url(), usual.user(), usual.password(), 3, Duration.ofSeconds(2)));
    }

    @AfterAll
    static void close() {
        impatient.close();
    }

    @Test
    void a_statement_that_takes_too_long_gets_no_answer_and_its_connection_is_whole() throws Exception {
        AtomicInteger before = new AtomicInteger();
        assertThatThrownBy(() -> impatient.transact(on -> {
                    before.set(on.fetchSingle("select pg_backend_pid()").get(0, Integer.class));
                    return on.fetch("select pg_sleep(60)");
                }))
                .isInstanceOf(CannotTellException.class)
                .hasMessageContaining("57014");
        assertThat(TestDatabase.shared()
                        .sql()
                        .fetchSingle("select state from pg_stat_activity where pid = " + before)
                        .get(0, String.class))
                .isEqualTo("idle");
    }

    @Test
    void who_waits_for_a_lock_hears_of_it() throws Exception {
        try (Connection keeper = TestDatabase.shared().dataSource().getConnection();
                Statement statement = keeper.createStatement()) {
            keeper.setAutoCommit(false);
            statement.execute("lock table practice in access exclusive mode");
            assertThatThrownBy(() -> impatient.ask(on -> on.fetch("select id from practice")))
                    .isInstanceOf(CannotTellException.class)
                    .hasMessageContaining("55P03");
            keeper.rollback();
        }
    }

    @Test
    void a_transaction_that_nobody_goes_on_with_gives_its_locks_back() throws Exception {
        // As a process does that sleeps, or is cut off.
        try (Connection gone = impatient.dataSource().getConnection();
                Statement statement = gone.createStatement()) {
            gone.setAutoCommit(false);
            statement.execute("lock table practice in access exclusive mode");
            int rows = TestDatabase.shared().sql().fetchCount(DSL.table("practice"));
            assertThat(rows).isNotNegative();
            assertThatThrownBy(gone::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_server_that_takes_connections_and_says_nothing_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ConnectionParameters parameters = new ConnectionParameters(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres",
                    "postgres",
                    "",
                    2,
                    Duration.ofSeconds(2));
            assertThatThrownBy(() -> Database.connect(parameters)).isInstanceOf(RuntimeException.class);
        }
    }
}
