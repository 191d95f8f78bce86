package org.therapost.server.endtoend;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.therapost.server.CheapPasswords;
import org.therapost.server.Therapost;

/**
 * A server in a process of its own, with the options of the launcher, on free ports, in a folder of the test. It can be
 * killed and started again on what is left.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> LISTENERS =
            List.of("smtp", "submission", "submissions", "imap", "imaps", "admin");

    private final Path folder;
    private final Map<String, String> settings = new TreeMap<>();
    private @Nullable Process process;

    /**
     * Prepares a server; {@link #start()} starts it.
     *
     * @param folder for its data, configuration and output
     * @param settings keys of {@code therapost.properties}; ports are chosen here
     */
    public ServerProcess(Path folder, Map<String, String> settings) throws IOException {
        this.folder = folder;
        for (String listener : LISTENERS) {
            this.settings.put(listener + ".port", String.valueOf(freePort()));
        }
        this.settings.putAll(settings);
        Files.createDirectories(folder.resolve("config"));
        CheapPasswords.in(data());
        Files.write(
                folder.resolve("config/therapost.properties"),
                this.settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .collect(Collectors.toList()));
        Files.copy(
                Path.of("../config/mailetcontainer.xml"),
                pipeline(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file of its pipelines: the shipped one, until a test writes another. */
    public Path pipeline() {
        return folder.resolve("config/mailetcontainer.xml");
    }

    /** Starts the server and waits until it says that it is ready. */
    public ServerProcess start() throws IOException, InterruptedException {
        return startUnder(List.of());
    }

    /**
     * Starts the server by another program.
     *
     * @param prefix a command that goes before the server's own
     */
    public ServerProcess startUnder(List<String> prefix) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launcherOptions());
        command.addAll(List.of("-cp", classPath(), Therapost.class.getName()));
        command.addAll(List.of("start", "--data", data().toString()));
        command.addAll(List.of("--config", folder.resolve("config").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("THERAPOST_"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()));
        Files.deleteIfExists(output());
        Process started = builder.start();
        process = started;
        awaitReady(started);
        return this;
    }

    private void awaitReady(Process started) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!ready()) {
            if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                started.destroyForcibly();
                throw new IllegalStateException(
                        "the server did not start:\n" + Files.readString(output()) + Files.readString(errors()));
            }
            Thread.sleep(50);
        }
    }

    private boolean ready() throws IOException {
        return Files.exists(output())
                && Files.readAllLines(output()).stream().anyMatch(line -> line.startsWith("ready"));
    }

    /** The JVM options that the launcher gives to {@code start}, read from the launcher itself. */
    private static List<String> launcherOptions() throws IOException {
        String launcher = Files.readString(repository().resolve("therapost"));
        Matcher options = Pattern.compile("start \\| demo(?: \\| archive)?\\)[\\s\\S]*?options\\+=\\(([^)]*)\\)")
                .matcher(launcher);
        if (!options.find()) {
            throw new IllegalStateException("the launcher does not say with which options it starts the server");
        }
        List<String> all = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Dtherapost.home=" + repository(),
                // But for this one: a server that lives for a minute gains nothing from the optimizing compiler.
                "-XX:TieredStopAtLevel=1"));
        all.addAll(Arrays.asList(options.group(1).strip().split("\\s+")));
        // And for this one: a test looks into the memory. LauncherTest looks whether others can.
        all.remove("-XX:+DisableAttachMechanism");
        return all;
    }

    /** The root of the repository: where the launcher is. */
    public static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("therapost"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException("the launcher is in no folder above"));
        }
        return here;
    }

    /** What the launcher puts on the class path, and nothing that tests need. */
    private static String classPath() {
        String runtime = System.getProperty("runtime.class.path", "");
        if (runtime.isEmpty()) {
            throw new IllegalStateException("the build gives the class path of the server in runtime.class.path");
        }
        return repository().resolve("server/target/classes") + File.pathSeparator + runtime;
    }

    // Below the range from which the system takes ports for outgoing connections: the server gets the same ports again
    // when it is started again.
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }

    /**
     * Writes what the process can reach in its memory to a file, after a full collection.
     *
     * @param file that is not there yet
     */
    public void dumpReachable(Path file) throws IOException, InterruptedException {
        Process running = Objects.requireNonNull(process);
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(running.pid()),
                        "GC.heap_dump",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0 || !Files.exists(file)) {
            throw new IllegalStateException("no dump of the memory: " + output);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** The same as the server's process sees it, which may have mounted something there. */
    public Path dataInside() {
        Process running = process;
        return running == null ? data() : Path.of("/proc", String.valueOf(running.pid()), "root", data().toString());
    }

    public Path output() {
        return folder.resolve("output.log");
    }

    public Path errors() {
        return folder.resolve("errors.log");
    }

    public int port(String listener) {
        return Integer.parseInt(settings.getOrDefault(listener + ".port", "0"));
    }

    /** Connects as another mail server does. */
    public RawSmtp smtp() throws IOException {
        return RawSmtp.connect(new Socket(InetAddress.getLoopbackAddress(), port("smtp")));
    }

    /** Connects as a mail program does that submits, over TLS from the first octet. */
    public RawSmtp submissions() throws IOException {
        return RawSmtp.connect(Tls.connect(port("submissions")));
    }

    public RawImap imap() throws IOException {
        return RawImap.connect(new Socket(InetAddress.getLoopbackAddress(), port("imap")));
    }

    public RawImap imaps() throws IOException {
        return RawImap.connect(Tls.connect(port("imaps")));
    }

    public Administrator administrator() {
        return new Administrator(dataInside());
    }

    /** Connects to the server's own PostgreSQL, as somebody who has stolen its folder could. */
    public Connection sql() throws IOException, SQLException {
        return DriverManager.getConnection(databaseUrl(), "therapost", databasePassword());
    }

    /** What the owner of the data folder finds in it. */
    public String databasePassword() throws IOException {
        return Files.readString(data().resolve("postgresql/password"), StandardCharsets.US_ASCII)
                .strip();
    }

    /** The lines of {@code postmaster.pid}; empty if PostgreSQL was stopped properly. */
    private Optional<List<String>> postmaster() throws IOException {
        Path file = data().resolve("postgresql/cluster/postmaster.pid");
        return Files.exists(file) ? Optional.of(Files.readAllLines(file, StandardCharsets.US_ASCII)) : Optional.empty();
    }

    /** {@code kill -9} of PostgreSQL's postmaster; its children end when they notice. */
    public void killPostgres() throws IOException {
        ProcessHandle postmaster = postgres();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** {@code kill -9} of one of PostgreSQL's children that talks to a client: the others are ended by the postmaster. */
    public void killBackend(int pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** {@code kill -STOP} of PostgreSQL and all its children: connections stay open, and nobody answers. */
    public void freezePostgres() throws IOException, InterruptedException {
        signalPostgres("STOP");
    }

    /** {@code kill -CONT} of what was stopped. */
    public void thawPostgres() throws IOException, InterruptedException {
        signalPostgres("CONT");
    }

    private void signalPostgres(String signal) throws IOException, InterruptedException {
        ProcessHandle postmaster = postgres();
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, String.valueOf(postmaster.pid())));
        postmaster.descendants().forEach(child -> command.add(String.valueOf(child.pid())));
        // Built into every shell.
        new ProcessBuilder("sh", "-c", String.join(" ", command))
                .inheritIO()
                .start()
                .waitFor();
    }

    private ProcessHandle postgres() throws IOException {
        long pid = Long.parseLong(postmaster().orElseThrow().get(0).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** How others connect to its embedded PostgreSQL. */
    public String databaseUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + postmaster().orElseThrow().get(3) + "/postgres";
    }

    /** {@code kill -9} of the JVM. PostgreSQL is left as it falls. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /**
     * Stops the server as an operator does.
     *
     * @return the exit status
     */
    public int stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return 0;
        }
        running.destroy();
        if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new IllegalStateException("the server did not stop");
        }
        process = null;
        return running.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        Optional<List<String>> left = postmaster();
        if (left.isPresent()) {
            ProcessHandle.of(Long.parseLong(left.get().get(0).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
