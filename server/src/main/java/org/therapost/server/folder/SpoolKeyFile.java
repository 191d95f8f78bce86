package org.therapost.server.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.therapost.domain.sealing.SpoolKey;

/** The spool key at rest: a file outside the database, so that a dump alone shows nothing. */
public final class SpoolKeyFile {

    private final Path file;

    public SpoolKeyFile(DataFolder folder) throws IOException {
        this.file = folder.keys().resolve("spool.key");
    }

    public boolean exists() {
        return Files.exists(file);
    }

    public Path path() {
        return file;
    }

    /** Makes a new key; call it only where no database depends on another one. */
    public void create() throws IOException {
        byte[] master = SpoolKey.generate();
        try {
            PrivateFiles.write(file, master);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
    }

    /**
     * Reads the key.
     *
     * @throws StartException if the file is not a spool key
     */
    public SpoolKey read() throws StartException, IOException {
        byte[] master = Files.readAllBytes(file);
        try {
            return new SpoolKey(master);
        } catch (IllegalArgumentException damaged) {
            throw new StartException(file + " is damaged: " + damaged.getMessage(), damaged);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
    }
}
