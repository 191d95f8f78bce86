package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the distribution in a folder of their own; a program that is missing or says no fails the test. */
final class Programs {

    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;

    private Programs(Path folder) {
        this.folder = folder;
    }

    /** The path is short: the sockets of gpg-agent stand in it. */
    static Programs inNewFolder() throws IOException {
        return new Programs(Files.createTempDirectory("tp"));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(file(name), content);
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(UTF_8));
    }

    byte[] gpg(Object... arguments) throws Exception {
        List<Object> command =
                new ArrayList<>(List.of("gpg", "--homedir", folder, "--batch", "--yes", "--trust-model", "always"));
        command.addAll(List.of("--pinentry-mode", "loopback", "--no-auto-key-locate", "--disable-dirmngr"));
        command.addAll(List.of(arguments));
        return run(command.toArray());
    }

    byte[] rnp(Object... arguments) throws Exception {
        return withHome("rnp", arguments);
    }

    byte[] rnpkeys(Object... arguments) throws Exception {
        return withHome("rnpkeys", arguments);
    }

    /** What the program writes to its standard output. */
    byte[] run(Object... command) throws Exception {
        List<String> line = Stream.of(command).map(Object::toString).toList();
        Path output = file("stdout");
        Path errors = file("stderr");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.write(file("stdin"), new byte[0]).toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("GNUPGHOME", folder.toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new AssertionError(line.get(0) + " is needed for the tests tagged peers; install it", missing);
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(line + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(line + " ended with " + process.exitValue() + ":\n" + Files.readString(errors));
        }
        return Files.readAllBytes(output);
    }

    private byte[] withHome(String program, Object... arguments) throws Exception {
        // Not gpg's folder: RNP would take over its keyrings.
        Path home = Files.createDirectories(file("rnp"));
        List<Object> command = new ArrayList<>(List.of(program, "--homedir", home));
        command.addAll(List.of(arguments));
        return run(command.toArray());
    }

    /** Ends what gpg started and removes the folder. */
    void remove() throws Exception {
        run("gpgconf", "--homedir", folder, "--kill", "all");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
