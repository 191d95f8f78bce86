package org.therapost.server.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.therapost.openpgp.passwords.Argon2Calibration;
import org.therapost.openpgp.passwords.Argon2Cost;

/**
 * What a password costs to hash on this machine: measured at the first start and kept in {@code argon2id} in the data folder, as
 * {@code m=65536,t=3,p=1} (KiB of memory, passes, lanes). Whoever deletes the file has it measured anew at the next start.
 */
public final class PasswordCostFile {

    private final Path file;

    public PasswordCostFile(DataFolder folder) {
        this(folder.root());
    }

    /** @param folder the data folder */
    public PasswordCostFile(Path folder) {
        this.file = folder.resolve("argon2id");
    }

    /**
     * The cost; measures it where there is no file.
     *
     * @param progress hears of a file that was made, and of a cost that is less than it should be
     * @throws StartException if the file says something else
     */
    public Argon2Cost readOrMeasure(Consumer<String> progress) throws IOException, StartException {
        if (!Files.exists(file)) {
            write(Argon2Calibration.measure());
            progress.accept("measured what a password can cost here: " + file);
        }
        Argon2Cost cost = Argon2Cost.parse(
                        Files.readString(file, StandardCharsets.ISO_8859_1).strip())
                .orElseThrow(() -> new StartException(file + " is not what a password costs, as in m=65536,t=3,p=1:"
                        + " delete it, and it is measured anew"));
        if (cost.below(Argon2Cost.LEAST)) {
            progress.accept("passwords cost less than they should (" + cost + " instead of " + Argon2Cost.LEAST
                    + "): delete " + file + ", and start again");
        }
        return cost;
    }

    /** Keeps a cost for the starts that come. */
    public void write(Argon2Cost cost) throws IOException {
        PrivateFiles.write(file, (cost + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
