package org.therapost.server.commandline.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a command reads besides its arguments. */
public final class CommandInput {

    private static final String NONE = "none";
    private static final int LARGEST = 512 * 1024;

    private CommandInput() {}

    /** A small file, or standard input for {@code -}, in Base64. */
    public static String base64(Path file) throws CommandFailure {
        return Base64.getEncoder().encodeToString(octets(file));
    }

    /** A small file, or standard input for {@code -}, as text in UTF-8. */
    public static String text(Path file) throws CommandFailure {
        return new String(octets(file), StandardCharsets.UTF_8);
    }

    /**
     * Words that belong to a client, which must not stand on a command line: there every local user reads them.
     *
     * @param file a file, or {@code -} for standard input; {@code none} stands for itself
     */
    public static @Nullable String words(String option, @Nullable String file) throws CommandFailure {
        if (file == null || file.equals(NONE)) {
            return file;
        }
        Path named;
        try {
            named = Path.of(file);
        } catch (InvalidPathException words) {
            named = Path.of("");
        }
        if (!file.equals("-") && !Files.isReadable(named)) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT,
                    "what stands on a command line can be read by every user of this machine (ps): " + option
                            + " takes a file with the words, or - for standard input, or none");
        }
        return text(named).replace("\uFEFF", "").strip();
    }

    private static byte[] octets(Path file) throws CommandFailure {
        try (InputStream in = file.toString().equals("-") ? System.in : Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(LARGEST + 1);
            if (octets.length > LARGEST) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT, "too large: " + file + " has more than " + LARGEST + " octets");
            }
            return octets;
        } catch (IOException unreadable) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, "cannot read " + file);
        }
    }
}
