package org.therapost.storage.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that outlived the server which had started it: {@code kill -9} of the server leaves it running, and a second
 * one does not start on its cluster.
 */
final class OrphanedPostgres {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private OrphanedPostgres() {}

    /**
     * Stops the PostgreSQL that still runs on a cluster, if there is one.
     *
     * @throws IOException if there is one and it does not stop, or if nobody can tell
     */
    static void stop(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> named = named(file);
        if (named.isEmpty()) {
            // It crashed: PostgreSQL sees that itself, and recovers.
            return;
        }
        if (runsOn(cluster, named.get())) {
            stop(named.get());
        } else {
            // After a reboot, and in every new container, the number belongs to somebody else; PostgreSQL would not
            // start.
            Files.delete(file);
        }
    }

    /** Waits until the PostgreSQL that runs on a cluster, if there is one, is gone. */
    static void awaitEnd(Path cluster) throws InterruptedException {
        try {
            Path file = cluster.resolve("postmaster.pid");
            Optional<ProcessHandle> postmaster = Files.exists(file) ? named(file) : Optional.empty();
            if (postmaster.isPresent()) {
                postmaster.get().onExit().get();
            }
        } catch (IOException | ExecutionException unknown) {
            // Nobody can tell: the caller starts it anew, which stops what runs.
            LOG.warn(
                    "the process of PostgreSQL cannot be watched ({})",
                    unknown.getClass().getSimpleName());
        }
    }

    private static Optional<ProcessHandle> named(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    private static boolean runsOn(Path cluster, ProcessHandle process) throws IOException {
        ProcessHandle.Info info = process.info();
        if (info.command().isEmpty()) {
            throw new IOException("process " + process.pid() + " may be a PostgreSQL that uses " + cluster
                    + "; stop it, or delete postmaster.pid if it is something else");
        }
        String program = info.command().get().replaceFirst(" \\(deleted\\)$", "");
        return program.endsWith("postgres")
                && Stream.of(info.arguments().orElse(new String[0])).anyMatch(argument -> same(cluster, argument));
    }

    private static boolean same(Path cluster, String argument) {
        Path path = Path.of(argument);
        return path.isAbsolute()
                && path.normalize().equals(cluster.toAbsolutePath().normalize());
    }

    /** Its clients are gone with the server, so that it has nothing to wait for; what hangs nevertheless is killed. */
    private static void stop(ProcessHandle postmaster) throws IOException {
        List<ProcessHandle> all =
                Stream.concat(postmaster.descendants(), Stream.of(postmaster)).collect(Collectors.toList());
        postmaster.destroy();
        if (!gone(List.of(postmaster))) {
            // Nothing that was committed is lost: the next start recovers from the log.
            all.forEach(ProcessHandle::destroyForcibly);
        }
        if (!gone(all)) {
            throw new IOException("PostgreSQL, process " + postmaster.pid() + ", does not stop");
        }
    }

    /**
     * Kills what a dead postmaster has left on a cluster: it holds shared memory, and no new postmaster starts as long as
     * it does.
     *
     * @param binaries the folder of PostgreSQL's programs
     * @throws IOException if some of it stays
     */
    static void stopOrphans(Path cluster, Path binaries) throws IOException {
        // One of them may just be starting another.
        List<ProcessHandle> orphans = orphans(cluster, binaries);
        while (!orphans.isEmpty()) {
            orphans.forEach(ProcessHandle::destroyForcibly);
            if (!gone(orphans)) {
                throw new IOException("a PostgreSQL that was killed does not end");
            }
            orphans = orphans(cluster, binaries);
        }
    }

    private static List<ProcessHandle> orphans(Path cluster, Path binaries) {
        return ProcessHandle.allProcesses()
                .filter(process -> isOrphan(process, cluster, binaries))
                .toList();
    }

    // Its arguments do not name the cluster any more, but it works in its folder; where that cannot be seen, only its
    // program tells.
    private static boolean isOrphan(ProcessHandle process, Path cluster, Path binaries) {
        Optional<String> program = process.info().command();
        if (program.isEmpty() || !Path.of(program.get()).endsWith("postgres")) {
            return false;
        }
        try {
            return Path.of("/proc", String.valueOf(process.pid()), "cwd")
                    .toRealPath()
                    .equals(cluster.toRealPath());
        } catch (IOException unseen) {
            return Path.of(program.get()).startsWith(binaries.toAbsolutePath().normalize());
        }
    }

    private static boolean gone(List<ProcessHandle> processes) throws IOException {
        try {
            for (ProcessHandle process : processes) {
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return true;
        } catch (TimeoutException running) {
            return false;
        } catch (ExecutionException unknown) {
            throw new IOException("cannot wait for PostgreSQL", unknown);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", hurry);
        }
    }
}
