package org.therapost.server.outsiders.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the distribution. One that is missing, or that does not end, fails the test. */
public final class Program {

    private static final int PATIENCE_SECONDS = 120;

    private Program() {}

    /** What came of it. */
    public record Outcome(int status, byte[] output, String errors) {

        public String text() {
            return new String(output, UTF_8);
        }
    }

    /** Runs a program in a folder, which also takes its output. */
    public static Outcome run(Path folder, Map<String, String> environment, byte[] input, List<?> command)
            throws IOException {
        List<String> line = command.stream().map(Object::toString).toList();
        Path stdin = Files.write(Files.createTempFile(folder, "run", ".in"), input);
        Path stdout = Files.createTempFile(folder, "run", ".out");
        Path stderr = Files.createTempFile(folder, "run", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(stdin.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            // Debian keeps Postfix where only root looks.
            builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
            builder.environment().putAll(environment);
            int status = end(builder, line);
            return new Outcome(status, Files.readAllBytes(stdout), Files.readString(stderr));
        } finally {
            Files.delete(stdin);
            Files.delete(stdout);
            Files.delete(stderr);
        }
    }

    /** What it writes to its standard output; any status but 0 fails the test. */
    public static byte[] ok(Path folder, Map<String, String> environment, byte[] input, Object... command)
            throws IOException {
        Outcome outcome = run(folder, environment, input, List.of(command));
        if (outcome.status() != 0) {
            throw new AssertionError(
                    List.of(command) + " ended with " + outcome.status() + ":\n" + outcome.text() + outcome.errors());
        }
        return outcome.output();
    }

    public static byte[] ok(Path folder, Object... command) throws IOException {
        return ok(folder, Map.of(), new byte[0], command);
    }

    private static int end(ProcessBuilder builder, List<String> line) throws IOException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new AssertionError(line.get(0) + " is needed for the tests tagged peers; install it", missing);
        }
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(line + " did not end");
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", hurry);
        }
    }

    /** Removes a folder with all that is in it. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
