package org.therapost.bench.machine;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program of a contestant: it runs in the contestant's control group and writes what it says to a file. */
public final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static ServerProcess start(
            ControlGroup group, Path folder, List<String> command, Map<String, String> environment, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(group.enter(command))
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), output);
    }

    /** A port of the loopback address that nothing listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Returns when something accepts connections on that port. */
    public void awaitPort(int port) throws IOException, InterruptedException {
        await(() -> accepts(port), "nothing accepts connections on port " + port);
    }

    /** Returns when the expression is found in a line of the output. */
    public void awaitLine(String expression) throws IOException, InterruptedException {
        Pattern line = Pattern.compile(expression, Pattern.MULTILINE);
        await(() -> line.matcher(Files.readString(output)).find(), "it did not say " + expression);
    }

    /** Asks the program to end, as a service supervisor would, and waits until it has. */
    public void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("A program did not stop: " + said());
        }
    }

    private void await(Condition condition, String otherwise) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("A program did not start: " + otherwise + "; it said: " + said());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private String said() throws IOException {
        String said = Files.readString(output);
        return said.substring(Math.max(0, said.length() - 2_000));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(loopback(port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
