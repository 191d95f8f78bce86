package org.therapost.server.holes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * James 3.8.1's memory server as published, with the configuration that the benchmarks run it with, which is its sample
 * configuration without TLS, on loopback. Its class path is written by the build of {@code bench/rivals/james}.
 */
final class StockJames implements ServerUnderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int smtp;
    private final int imap;

    private StockJames(Process process, int smtp, int imap) {
        this.process = process;
        this.smtp = smtp;
        this.imap = imap;
    }

    static StockJames start(Path folder) throws Exception {
        int smtp = freePort();
        int imap = freePort();
        int administration = freePort();
        configure(folder, smtp, imap, administration);
        Files.createDirectories(folder.resolve("tmp"));
        Path output = folder.resolve("output.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx1g",
                        "-Dworking.directory=.",
                        "-Dlogback.configurationFile=conf/logback.xml",
                        "-Djava.io.tmpdir=tmp",
                        "-cp",
                        Files.readString(repository().resolve("bench/rivals/james/target/class-path"))
                                .strip(),
                        "org.apache.james.MemoryJamesServerMain")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        StockJames james = new StockJames(process, smtp, imap);
        try {
            for (int port : new int[] {administration, smtp, imap}) {
                james.await(port, output);
            }
            enrol(administration);
            return james;
        } catch (Exception | Error failed) {
            james.close();
            throw failed;
        }
    }

    private static void configure(Path folder, int smtp, int imap, int administration) throws IOException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Path sample = repository().resolve("bench/src/main/resources/org/therapost/bench/machine/james");
        try (Stream<Path> files = Files.list(sample)) {
            for (Path file : files.toList()) {
                Files.writeString(
                        conf.resolve(file.getFileName()),
                        Files.readString(file)
                                .replace("@SMTP@", String.valueOf(smtp))
                                .replace("@IMAP@", String.valueOf(imap))
                                .replace("@ADMINISTRATION@", String.valueOf(administration))
                                // As in the sample; the benchmarks announce nothing.
                                .replace("<announce>never<", "<announce>forUnauthorizedAddresses<"));
            }
        }
    }

    private static void enrol(int administration) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        put(http, administration, "/domains/practice.example", "");
        put(http, administration, "/users/" + LOGIN, "{\"password\":\"" + PASSWORD + "\"}");
        put(http, administration, "/users/" + LOGIN + "/mailboxes/INBOX", "");
    }

    private static void put(HttpClient http, int port, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("PUT " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private void await(int port, Path output) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!accepts(port)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("stock James did not start:\n" + Files.readString(output));
            }
            Thread.sleep(50);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("therapost"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException("the launcher is in no folder above"));
        }
        return here;
    }

    @Override
    public Peer smtp(String from) throws IOException {
        return greeted(from, smtp, "220");
    }

    @Override
    public Peer submission() throws IOException {
        return smtp();
    }

    @Override
    public Peer imap(String from) throws IOException {
        return greeted(from, imap, "* OK");
    }

    private static Peer greeted(String from, int port, String greeting) throws IOException {
        Peer peer = Peer.connect(from, port);
        String line = peer.line();
        if (!line.startsWith(greeting)) {
            throw new IllegalStateException("not greeted: " + line);
        }
        return peer;
    }

    @Override
    public String sender() {
        return "alice@provider.example";
    }

    @Override
    public String recipient() {
        return LOGIN;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
