package org.therapost.storage.james.queue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.DatabaseNotifications;
import org.therapost.storage.queue.ParcelRows;

/**
 * The one thread that sleeps on behalf of all queues of a factory. It has a connection of its own: a session that listens
 * cannot come from the pool, and leases must be renewed also when the pool is exhausted.
 */
final class QueueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
    private static final int WAIT_MILLIS = 1000;
    private static final int CLOSING_SECONDS = 5;

    /** Who is woken. */
    interface Sleepers {

        void wake(String queue);

        void wakeAll();
    }

    private final ConnectionParameters parameters;
    private final Duration lookEvery;
    private final Leases leases;
    private final Sleepers sleepers;
    private final List<DatabaseNotifications> others;
    private final Thread thread = new Thread(this::watch, "mail-queue-watch");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection session;

    /**
     * A watch.
     *
     * @param lookEvery how often to look for what has become due without a word, such as a delay that is over
     * @param others who hear, over the same connection, what is told on channels of their own
     */
    QueueWatch(
            ConnectionParameters parameters,
            Duration lookEvery,
            Leases leases,
            Sleepers sleepers,
            List<DatabaseNotifications> others) {
        this.parameters = parameters;
        this.lookEvery = lookEvery;
        this.leases = leases;
        this.sleepers = sleepers;
        this.others = others;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (open()) {
            try (Connection connection = connect()) {
                session = connection;
                listen(connection);
            } catch (SQLException | DataAccessException away) {
                if (!open()) {
                    return;
                }
                String state = away instanceof SQLException error ? error.getSQLState() : "no SQL state";
                LOG.warn("the mail queue lost its connection to the database ({}); trying again", state);
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        // Listening sets a patience of its own while it waits; the statements in between have the usual one.
        return DriverManager.getConnection(parameters.url(), parameters.connection("therapost mail queue"));
    }

    private void listen(Connection connection) throws SQLException {
        DSLContext on = DSL.using(connection, SQLDialect.POSTGRES);
        on.execute("listen " + ParcelRows.CHANNEL);
        others.forEach(other -> on.execute("listen " + other.channel()));
        PGConnection session = connection.unwrap(PGConnection.class);
        ClockStepDetector clock = new ClockStepDetector();
        clock.look(on);
        sleepers.wakeAll();
        others.forEach(DatabaseNotifications::listening);
        long polledAt = System.nanoTime();
        while (open()) {
            PGNotification[] heard = session.getNotifications(WAIT_MILLIS);
            pass(heard);
            leases.keep(on);
            clock.look(on);
            if (System.nanoTime() - polledAt >= lookEvery.toNanos()) {
                sleepers.wakeAll();
                polledAt = System.nanoTime();
            } else if (heard != null) {
                for (PGNotification one : heard) {
                    if (one.getName().equals(ParcelRows.CHANNEL)) {
                        sleepers.wake(one.getParameter());
                    }
                }
            }
        }
    }

    private void pass(PGNotification @Nullable [] heard) {
        for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
            others.stream()
                    .filter(other -> other.channel().equals(one.getName()))
                    .forEach(other -> other.heard(one.getParameter()));
        }
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void pause() {
        try {
            if (closed.await(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while the database was away");
            }
        } catch (InterruptedException stop) {
            closed.countDown();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Connection sleeping = session;
            if (sleeping != null) {
                // It waits for the socket; an orderly close would wait for it in turn.
                sleeping.abort(Runnable::run);
            }
            thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (SQLException gone) {
            LOG.debug("the connection was closed already ({})", gone.getSQLState());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
