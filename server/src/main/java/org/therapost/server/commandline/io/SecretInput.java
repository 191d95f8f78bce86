package org.therapost.server.commandline.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Passwords and codes: typed at a terminal, where nothing of them is shown, or read from standard input, one a line, in the order in
 * which they would be asked for. Never an argument or an environment variable: other users of the machine can read those.
 *
 * <p>A terminal is asked by {@code test} and {@code stty} (POSIX). {@link System#console()} is none as soon as the output goes to a file,
 * and then a typed password would be shown.
 */
public final class SecretInput {

    private static final int LONGEST = 8192;

    private final InputStream lines;
    private final BooleanSupplier terminal;

    private SecretInput(InputStream lines, BooleanSupplier terminal) {
        this.lines = lines;
        this.terminal = terminal;
    }

    /** The standard input of this process. */
    public static SecretInput ofProcess() {
        return new SecretInput(System.in, () -> succeeds("test", "-t", "0"));
    }

    /** Something that has them in lines. */
    public static SecretInput lines(InputStream lines) {
        return new SecretInput(lines, () -> false);
    }

    /** Asks for something that is known already. The caller wipes it. */
    public char[] ask(String prompt) throws CommandFailure {
        return terminal.getAsBoolean() ? typed(prompt) : line(prompt);
    }

    /** Asks for something new, at a terminal twice. The caller wipes it. */
    public char[] askForNew(String prompt) throws CommandFailure {
        char[] once = ask(prompt);
        if (!terminal.getAsBoolean()) {
            return once;
        }
        char[] again = typed("The same again: ");
        boolean same = Arrays.equals(once, again);
        Arrays.fill(again, '\0');
        if (!same) {
            Arrays.fill(once, '\0');
            throw new CommandFailure(CommandFailure.BAD_INPUT, "the two are not the same; nothing was changed");
        }
        return once;
    }

    private char[] typed(String prompt) throws CommandFailure {
        Thread shownAgain = new Thread(() -> succeeds("stty", "echo"));
        Runtime.getRuntime().addShutdownHook(shownAgain);
        try {
            if (!succeeds("stty", "-echo")) {
                throw new CommandFailure(
                        CommandFailure.OTHER,
                        "stty does not work here, so what is typed would be shown; write it to standard input instead");
            }
            // Not to the output: that may be a file, or JSON for a program.
            System.err.print(prompt);
            System.err.flush();
            return line(prompt);
        } finally {
            succeeds("stty", "echo");
            Runtime.getRuntime().removeShutdownHook(shownAgain);
            System.err.println();
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private char[] line(String prompt) throws CommandFailure {
        byte[] octets = new byte[LONGEST];
        try {
            int length = 0;
            int next = lines.read();
            while (next >= 0 && next != '\n' && length < LONGEST) {
                octets[length++] = (byte) next;
                next = lines.read();
            }
            if (length > 0 && octets[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "a line is missing on standard input: " + prompt.strip().replaceAll(":$", ""));
            }
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets, 0, length));
            char[] line = Arrays.copyOf(decoded.array(), decoded.limit());
            Arrays.fill(decoded.array(), '\0');
            return line;
        } catch (IOException unreadable) {
            throw new CommandFailure(CommandFailure.OTHER, "cannot read standard input");
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
