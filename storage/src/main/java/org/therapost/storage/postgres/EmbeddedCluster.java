package org.therapost.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own: a real server process on loopback, durable, with its cluster in a folder that stays.
 *
 * <p>zonky's defaults are made for tests ({@code fsync=off}, {@code synchronous_commit=off}); here both are on, because
 * a 250 must survive a power cut.
 *
 * <p>When it dies, it is started again on the same port, for as long as it takes: connections made after that find
 * everything that was committed.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final int ANY_PORT = 0;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration FIRST_START = Duration.ofSeconds(60);
    // A start that failed at once is noticed only when its time is over; one that recovers much needs more of it.
    private static final Duration SHORTEST_START = Duration.ofSeconds(10);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private final Path folder;
    private final Path binaries;
    private final ClusterAccess access;
    private final CountDownLatch closed = new CountDownLatch(1);
    private EmbeddedPostgres server;

    private EmbeddedCluster(Path folder, Path binaries, ClusterAccess access, EmbeddedPostgres server) {
        this.folder = folder;
        this.binaries = binaries;
        this.access = access;
        this.server = server;
    }

    /**
     * Starts the cluster in a folder, which is made on the first start. A PostgreSQL that still runs on it, because the
     * server before was killed, is stopped first. The password that it asks for from then on rests beside the folder.
     *
     * @param folder for the cluster's data
     * @param binaries for PostgreSQL's programs, unpacked on the first start; of no other cluster
     * @throws IOException if it does not start; PostgreSQL's own words are in the log
     */
    public static EmbeddedCluster start(Path folder, Path binaries) throws IOException {
        ClusterAccess access = ClusterAccess.of(folder, binaries);
        EmbeddedCluster cluster =
                new EmbeddedCluster(folder, binaries, access, launch(folder, binaries, access, ANY_PORT, FIRST_START));
        Thread watch = new Thread(cluster::watch, "postgresql-watch");
        watch.setDaemon(true);
        watch.start();
        return cluster;
    }

    private static EmbeddedPostgres launch(
            Path folder, Path binaries, ClusterAccess access, int port, Duration patience) throws IOException {
        OrphanedPostgres.stop(folder);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(patience)
                .setDataDirectoryCustomizer(made -> enforce(access))
                // Asked whether it is ready: as the role that may connect.
                .setConnectConfig("user", ClusterAccess.ROLE)
                .setConnectConfig("password", access.password())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("jit", "off")
                // Statements and their parameters never reach PostgreSQL's log.
                .setServerConfig("log_statement", "none")
                .setServerConfig("log_min_error_statement", "panic")
                .setServerConfig("log_parameter_max_length", "0")
                .setServerConfig("log_parameter_max_length_on_error", "0")
                .setServerConfig("log_error_verbosity", "terse");
        return (port == ANY_PORT ? builder : builder.setPort(port)).start();
    }

    private static void enforce(ClusterAccess access) {
        try {
            access.enforce();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void watch() {
        try {
            while (closed.getCount() > 0) {
                OrphanedPostgres.awaitEnd(folder);
                if (closed.getCount() > 0) {
                    LOG.error("PostgreSQL has ended; it is started again");
                    startAgain();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAgain() throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        Duration patience = SHORTEST_START;
        while (!relaunch(patience) && !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            pause = twice(pause, LONGEST_PAUSE);
            patience = twice(patience, LONGEST_START);
        }
    }

    private static Duration twice(Duration time, Duration longest) {
        Duration doubled = time.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    private synchronized boolean relaunch(Duration patience) {
        if (closed.getCount() == 0) {
            return true;
        }
        int port = server.getPort();
        try {
            server.close();
            OrphanedPostgres.stopOrphans(folder, binaries);
            // The lock of a start that failed is held until nobody knows when; the data folder has a lock of its own.
            Files.deleteIfExists(folder.resolve("epg-lock"));
            server = launch(folder, binaries, access, port, patience);
            LOG.warn("PostgreSQL runs again");
            return true;
        } catch (IOException | RuntimeException notYet) {
            LOG.error(
                    "PostgreSQL does not start ({}); trying again",
                    notYet.getClass().getSimpleName());
            return false;
        }
    }

    private synchronized EmbeddedPostgres running() {
        return server;
    }

    /** How to connect to it. */
    public ConnectionParameters parameters(int poolSize) {
        return parameters(poolSize, ConnectionParameters.PATIENCE);
    }

    /** How to connect to it, with a patience of one's own. */
    public ConnectionParameters parameters(int poolSize, Duration patience) {
        return new ConnectionParameters(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + ClusterAccess.DATABASE,
                ClusterAccess.ROLE,
                access.password(),
                poolSize,
                patience);
    }

    /** The TCP port on loopback. */
    public int port() {
        return running().getPort();
    }

    @Override
    public synchronized void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
