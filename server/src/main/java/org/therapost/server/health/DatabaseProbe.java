package org.therapost.server.health;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.queue.QueueAdministration;
import org.therapost.storage.queue.QueueFigures;

/**
 * One look at the database for all checks, over a connection of its own: a pool that is exhausted must not look like a
 * database that is away.
 */
public final class DatabaseProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final String PATIENCE_SECONDS = "5";
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

    // PostgreSQL: somebody else had a lock for longer than lock_timeout.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final ConnectionParameters parameters;
    private final Clock clock;
    private @Nullable Connection connection;
    private boolean counted;
    private long countedAt;
    private Counts counts = new Counts(0, 0, true);
    private volatile Sight sight = new Sight(false, Duration.ZERO, List.of(), new Counts(0, 0, true));

    /**
     * What was seen.
     *
     * @param answers whether the database takes writes; else the rest means nothing
     * @param offset how far the database's clock is ahead of this node's
     */
    record Sight(boolean answers, Duration offset, List<QueueFigures> queues, Counts counts) {}

    /**
     * What is counted now and then.
     *
     * @param unreachable clients to whose mailbox no mail can be sent
     * @param wrong rows that were found to be other than the server wrote them
     * @param chained whether the record that is older than its chain has been chained
     */
    record Counts(long unreachable, long wrong, boolean chained) {}

    public DatabaseProbe(ConnectionParameters parameters, Clock clock) {
        this.parameters = parameters;
        this.clock = clock;
    }

    /** What the last look has seen. */
    Sight sight() {
        return sight;
    }

    /** Looks. */
    synchronized void look() {
        try {
            Connection open = connection();
            Instant before = clock.instant();
            DatabaseNow now = now(open);
            Instant after = clock.instant();
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            sight = new Sight(
                    now.writes, Duration.between(middle, now.clock), QueueAdministration.figures(open), counts(open));
        } catch (SQLException away) {
            sight = new Sight(false, Duration.ZERO, List.of(), new Counts(0, 0, true));
            close();
        }
    }

    private record DatabaseNow(Instant clock, boolean writes) {}

    private static DatabaseNow now(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("select clock_timestamp(), not pg_is_in_recovery()")) {
            row.next();
            return new DatabaseNow(row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2));
        }
    }

    /** What was counted last: somebody who holds a table must not make the database look as if it did not answer. */
    private Counts counts(Connection open) throws SQLException {
        if (counted && System.nanoTime() - countedAt < COUNTED_EVERY.toNanos()) {
            return counts;
        }
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from thread where unreachable_told_at is not null),"
                                + " (select count(*) from wrong_row), exists (select from record_chained)")) {
            row.next();
            counts = new Counts(row.getLong(1), row.getLong(2), row.getBoolean(3));
            counted = true;
        } catch (SQLException waited) {
            if (!LOCK_NOT_AVAILABLE.equals(waited.getSQLState())) {
                throw waited;
            }
        }
        countedAt = System.nanoTime();
        return counts;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            Properties properties = parameters.connection("therapost health");
            // It shall tell soon, whatever others wait for.
            properties.setProperty("connectTimeout", PATIENCE_SECONDS);
            properties.setProperty("loginTimeout", PATIENCE_SECONDS);
            properties.setProperty("socketTimeout", PATIENCE_SECONDS);
            open = impatient(DriverManager.getConnection(parameters.url(), properties));
            connection = open;
        }
        return open;
    }

    /** A connection that waits for no lock; it is closed if that cannot be set. */
    private static Connection impatient(Connection fresh) throws SQLException {
        boolean done = false;
        try (Statement statement = fresh.createStatement()) {
            statement.execute("set lock_timeout = '100ms'");
            done = true;
            return fresh;
        } finally {
            if (!done) {
                fresh.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException gone) {
            LOG.debug("the connection was closed already ({})", gone.getSQLState());
        }
    }
}
