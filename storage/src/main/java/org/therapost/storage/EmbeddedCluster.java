package org.therapost.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A PostgreSQL of our own: a real server process on loopback, durable, with its cluster in a folder that stays.
 *
 * <p>zonky's defaults are made for tests ({@code fsync=off}, {@code synchronous_commit=off}); here both are on, because
 * a 250 must survive a power cut.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private final EmbeddedPostgres server;

    private EmbeddedCluster(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the cluster in a folder, which is made on the first start. A PostgreSQL that still runs on it, because the
     * server before was killed, is stopped first.
     *
     * @param folder for the cluster's data
     * @param binaries for PostgreSQL's programs, unpacked on the first start
     * @throws IOException if it does not start; PostgreSQL's own words are in the log
     */
    public static EmbeddedCluster start(Path folder, Path binaries) throws IOException {
        LeftBehind.stop(folder);
        return new EmbeddedCluster(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("jit", "off")
                // Statements and their parameters never reach PostgreSQL's log.
                .setServerConfig("log_statement", "none")
                .setServerConfig("log_min_error_statement", "panic")
                .setServerConfig("log_parameter_max_length", "0")
                .setServerConfig("log_parameter_max_length_on_error", "0")
                .setServerConfig("log_error_verbosity", "terse")
                .start());
    }

    /** How to connect to it. */
    public DatabaseSettings settings(int poolSize) {
        return new DatabaseSettings(server.getJdbcUrl("postgres", "postgres"), "postgres", "", poolSize);
    }

    /** The TCP port on loopback. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
