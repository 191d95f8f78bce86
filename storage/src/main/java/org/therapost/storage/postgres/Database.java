package org.therapost.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** The database: a connection pool, migrated to the schema of this version. */
public final class Database implements AutoCloseable {

    // A statement that is run again is planned once: the driver prepares it on the server at its second use.
    private static final int PREPARE_AT = 2;
    private static final int MOST_UNREMEMBERED = 1000;
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

    private final HikariDataSource pool;
    private final DSLContext sql;
    private final ConnectionParameters parameters;
    private final Set<WrongRow> unremembered = ConcurrentHashMap.newKeySet();

    private Database(HikariDataSource pool, ConnectionParameters parameters) {
        this.pool = pool;
        this.parameters = parameters;
        this.sql = DSL.using(pool, SQLDialect.POSTGRES, rendering());
    }

    /** How statements are written. */
    static Settings rendering() {
        return new Settings().withExecuteLogging(false).withRenderSchema(false).withFetchWarnings(false);
    }

    /**
     * Connects and migrates.
     *
     * @throws RuntimeException if the server is away or the schema is newer than this version; the text says which
     */
    public static Database connect(ConnectionParameters parameters) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(parameters.url());
        config.setMaximumPoolSize(parameters.poolSize());
        config.setMinimumIdle(Math.min(2, parameters.poolSize()));
        config.setPoolName("therapost");
        config.setConnectionTimeout(10_000);
        // Firewalls forget connections that are silent, without a word.
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setDataSourceProperties(parameters.connection("therapost"));
        config.addDataSourceProperty("prepareThreshold", String.valueOf(PREPARE_AT));
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(patiently(parameters))
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (RuntimeException | Error failed) {
            pool.close();
            throw failed;
        }
        return new Database(pool, parameters);
    }

    /** A migration may take longer than any statement after it, and two processes that start together wait for each other. */
    private static DataSource patiently(ConnectionParameters parameters) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(parameters.url());
        source.setUser(parameters.user());
        source.setPassword(parameters.password());
        source.setApplicationName("therapost migration");
        source.setOptions("-c synchronous_commit=on -c timezone=UTC");
        source.setLogServerErrorDetail(false);
        source.setTcpKeepAlive(true);
        return source;
    }

    /** For statements that are one transaction each. */
    public DSLContext sql() {
        return sql;
    }

    public DataSource dataSource() {
        return pool;
    }

    /** How many of its connections are in use, idle, and waited for. */
    public PoolFigures pool() {
        HikariPoolMXBean figures = pool.getHikariPoolMXBean();
        return new PoolFigures(
                figures.getActiveConnections(),
                figures.getIdleConnections(),
                figures.getThreadsAwaitingConnection(),
                parameters.poolSize());
    }

    /**
     * How the pool is.
     *
     * @param waiting threads that wait for a connection
     * @param most connections that it may have
     */
    public record PoolFigures(int active, int idle, int waiting, int most) {

        /** Whether nobody gets a connection before somebody gives one back. */
        public boolean exhausted() {
            return active >= most;
        }
    }

    public ConnectionParameters parameters() {
        return parameters;
    }

    /**
     * Asks the database.
     *
     * @throws CannotTellException if it gave no answer, did not confirm the commit, or has a row that is not as this server
     *     wrote it
     */
    public <T> T ask(Function<DSLContext, T> question) throws CannotTellException {
        try {
            return question.apply(sql);
        } catch (ChangedRowException changed) {
            throw wrong(changed);
        } catch (DataAccessException failed) {
            throw silent(failed);
        }
    }

    void remembered(WrongRow wrong, boolean done) {
        if (done) {
            unremembered.remove(wrong);
        } else if (unremembered.size() < MOST_UNREMEMBERED) {
            unremembered.add(wrong);
        }
    }

    /** How many rows this process found wrong that are not in the table of wrong rows, at most 1000. */
    public int unremembered() {
        return unremembered.size();
    }

    /** A row that is not as this server wrote it is remembered, and nothing is done with it. */
    private CannotTellException wrong(ChangedRowException changed) {
        WrongRows.report(this, changed.wrong());
        return new CannotTellException("a row is not as this server wrote it: " + changed.getMessage(), changed);
    }

    /**
     * Asks the database in one transaction.
     *
     * @throws CannotTellException if it gave no answer, or did not confirm the commit; then nothing was changed, or all
     *     was and only the confirmation was lost
     */
    public <T> T transact(Function<DSLContext, T> work) throws CannotTellException {
        return ask(on -> on.transactionResult(transaction -> work.apply(transaction.dsl())));
    }

    /**
     * What a transaction does.
     *
     * @param <E> an answer other than its result; it undoes all
     */
    public interface Work<T, E extends Exception> {

        T run(DSLContext tx) throws E, CannotTellException;
    }

    /**
     * Asks the database in one transaction that the work itself may undo.
     *
     * @param undoing the exception with which it does
     * @throws CannotTellException as {@link #transact(Function)} does, or the work does
     */
    public <T, E extends Exception> T transact(Class<E> undoing, Work<T, E> work) throws E, CannotTellException {
        try {
            return sql.transactionResult(transaction -> work.run(transaction.dsl()));
        } catch (ChangedRowException changed) {
            throw wrong(changed);
        } catch (DataAccessException failed) {
            // jOOQ rolls back whatever is thrown, and wraps what is checked.
            Throwable cause = failed.getCause();
            if (undoing.isInstance(cause)) {
                throw undoing.cast(cause);
            }
            if (cause instanceof CannotTellException unclear) {
                throw unclear;
            }
            throw silent(failed);
        }
    }

    private static CannotTellException silent(DataAccessException failed) {
        return new CannotTellException("the database did not answer (" + failed.sqlState() + ")", failed);
    }

    @Override
    public void close() {
        pool.close();
    }
}
