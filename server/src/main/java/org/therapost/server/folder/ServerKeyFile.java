package org.therapost.server.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.therapost.domain.sealing.ServerKey;

/** The server key at rest: a file outside the database, so that a dump alone shows nothing. */
public final class ServerKeyFile {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;

    public ServerKeyFile(DataFolder folder) throws IOException {
        this.file = folder.keys().resolve("spool.key");
    }

    /** Whether there is anything at its place, readable or not. */
    public boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    public Path path() {
        return file;
    }

    /** Makes a new key; call it only where no database depends on another one. */
    public void create() throws IOException {
        byte[] master = ServerKey.generate();
        try {
            PrivateFiles.write(file, master);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
    }

    /** Takes a key away that was made just now, and that nothing was sealed with. */
    public void takeBack() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Reads the key.
     *
     * @throws StartException if the file is not a server key, cannot be read, or can be read by others
     */
    public ServerKey read() throws StartException {
        byte[] master = octets();
        try {
            if (master.length != ServerKey.SIZE) {
                throw new StartException("the server key file " + file + " is "
                        + (master.length == 0 ? "empty" : "damaged (it has not " + ServerKey.SIZE + " octets)")
                        + ": put the copy of it there that was kept apart from the database's backup;"
                        + " only where the database is new and empty, delete the file, and a new key is made");
            }
            return new ServerKey(master);
        } finally {
            Arrays.fill(master, (byte) 0);
        }
    }

    private byte[] octets() throws StartException {
        try (var in = Files.newInputStream(file)) {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
                if (!OWNERS.containsAll(allowed)) {
                    throw new StartException("the server key file " + file + " is open to other users of this machine ("
                            + PosixFilePermissions.toString(allowed) + "): make it the server's own with chmod 600 "
                            + file);
                }
            }
            // One more than a key has: no file is a key because it begins like one.
            return in.readNBytes(ServerKey.SIZE + 1);
        } catch (IOException unreadable) {
            throw new StartException(
                    "the server key file " + file + " cannot be read by the user that runs the server ("
                            + unreadable.getClass().getSimpleName() + "): give it to that user, with chmod 600",
                    unreadable);
        }
    }
}
