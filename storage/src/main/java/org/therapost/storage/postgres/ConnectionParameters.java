package org.therapost.storage.postgres;

import java.time.Duration;
import java.util.Properties;

/**
 * Where the database is.
 *
 * @param url a JDBC URL of PostgreSQL 15 or newer
 * @param poolSize connections at most
 * @param patience how long to wait for an answer before a connection is given up: a PostgreSQL that hangs, or a network
 *     that swallows what is sent, must not hold threads for ever
 */
public record ConnectionParameters(String url, String user, String password, int poolSize, Duration patience) {

    /** Longer than any single statement takes on a slow machine. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    public ConnectionParameters {
        if (patience.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("database.patience is less than a healthy database needs");
        }
    }

    /** With usual patience. */
    public ConnectionParameters(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, PATIENCE);
    }

    /**
     * For every connection but that of the migration, whose statements take as long as they take.
     *
     * <p>PostgreSQL itself ends what we have given up: else a transaction of a process that is gone, or cut off, would hold
     * its locks for as long as TCP believes in it, which is two hours, and nobody else could file anything into that folder.
     */
    public Properties connection(String applicationName) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", seconds(shorter(TO_CONNECT)));
        properties.setProperty("loginTimeout", seconds(shorter(TO_CONNECT)));
        properties.setProperty("socketTimeout", seconds(patience));
        properties.setProperty("tcpKeepAlive", "true");
        // Errors of the driver would otherwise quote column values, and logs must not.
        properties.setProperty("logServerErrorDetail", "false");
        // A server in production may be set to lose the last commits; a 250 of ours must not be among them.
        properties.setProperty(
                "options",
                "-c synchronous_commit=on -c timezone=UTC"
                        // Whoever waits hears of it before the connection is given up.
                        + " -c lock_timeout=" + patience.toMillis() / 2
                        + " -c statement_timeout=" + patience.toMillis() * 9 / 10
                        + " -c idle_in_transaction_session_timeout=" + patience.toMillis()
                        + " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3");
        return properties;
    }

    private Duration shorter(Duration other) {
        return patience.compareTo(other) < 0 ? patience : other;
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }

    @Override
    public String toString() {
        return "ConnectionParameters[poolSize=" + poolSize + "]";
    }
}
