package org.therapost.bench.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A control group of the kernel (version 2, or the {@code cpuacct} controller of version 1) that holds all processes of
 * one contestant: whatever they fork stays inside, and the time of children that have ended is kept. Unlike a walk over
 * {@code /proc} nothing is missed, be it a Postfix daemon that lived for one message or a PostgreSQL backend.
 */
public final class ControlGroup implements AutoCloseable {

    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpuacct");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    public static ControlGroup create(String name) {
        Path parent = Files.exists(VERSION_1.resolve("cpuacct.usage")) ? VERSION_1 : ownVersion2();
        try {
            // Numbered: two servers of one kind can take part, one after the other or at once.
            return new ControlGroup(
                    Files.createDirectory(parent.resolve("therapost-bench-" + name + "-" + NUMBER.incrementAndGet())));
        } catch (IOException e) {
            throw new CannotRunException(
                    "The benchmark counts processor time with control groups and may not make one in "
                            + parent + ". Run it as root, or on systemd in a scope of your own:"
                            + " systemd-run --user --scope -p Delegate=yes bench/run");
        }
    }

    /** The command, run inside the group: the shell joins, then becomes the command. */
    List<String> enter(List<String> command) {
        List<String> entering = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                folder.resolve("cgroup.procs").toString()));
        entering.addAll(command);
        return entering;
    }

    /** Processor time, user and system, of everything that ever ran in the group. */
    public Duration processorTime() throws IOException {
        Path usage = folder.resolve("cpuacct.usage");
        if (Files.exists(usage)) {
            return Duration.ofNanos(Long.parseLong(Files.readString(usage).strip()));
        }
        try (Stream<String> lines = Files.lines(folder.resolve("cpu.stat"), US_ASCII)) {
            long micros = lines.filter(line -> line.startsWith("usage_usec "))
                    .mapToLong(line -> Long.parseLong(line.substring("usage_usec ".length())))
                    .sum();
            return Duration.of(micros, ChronoUnit.MICROS);
        }
    }

    /** Resident memory in octets; a page that several processes share (PostgreSQL's buffers) is counted once (PSS). */
    public long residentMemory() throws IOException {
        long kibibytes = 0;
        for (long process : processes()) {
            kibibytes += proportionalSize(Path.of("/proc", Long.toString(process), "smaps_rollup"));
        }
        return kibibytes * 1024;
    }

    /** Asks every process of the group to end, then makes it; a group that is closed already stays closed. */
    @Override
    public void close() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            endAll(ProcessHandle::destroy, PATIENCE);
            endAll(ProcessHandle::destroyForcibly, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(folder);
    }

    private void endAll(Consumer<ProcessHandle> end, Duration patience) throws IOException, InterruptedException {
        processes().forEach(process -> ProcessHandle.of(process).ifPresent(end));
        long deadline = System.nanoTime() + patience.toNanos();
        while (!processes().isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<Long> processes() throws IOException {
        return Files.readAllLines(folder.resolve("cgroup.procs")).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static long proportionalSize(Path rollup) throws IOException {
        try (Stream<String> lines = Files.lines(rollup)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // ended since it was listed
        }
    }

    private static Path ownVersion2() {
        try (Stream<String> groups = Files.lines(Path.of("/proc/self/cgroup"))) {
            return groups.filter(line -> line.startsWith("0::/"))
                    .map(line -> VERSION_2.resolve(line.substring("0::/".length())))
                    .findFirst()
                    .orElse(VERSION_2);
        } catch (IOException e) {
            throw new CannotRunException("The benchmark needs Linux: it counts processor time with control groups");
        }
    }
}
