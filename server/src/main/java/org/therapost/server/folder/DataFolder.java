package org.therapost.server.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder of one running server, locked for as long as it runs. */
public final class DataFolder implements AutoCloseable {

    private final Path root;
    private final boolean fresh;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, boolean fresh, FileChannel channel, FileLock lock) {
        this.root = root;
        this.fresh = fresh;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the folder, creating it if there is none, and empties its folder for temporary files.
     *
     * @throws StartException if another server uses it, or it cannot be written
     */
    public static DataFolder open(Path root) throws StartException {
        try {
            boolean fresh = !Files.isDirectory(root);
            PrivateFiles.folder(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean done = false;
            try {
                DataFolder folder = locked(root, fresh, channel);
                done = true;
                return folder;
            } finally {
                if (!done) {
                    // The lock goes with its channel.
                    channel.close();
                }
            }
        } catch (IOException unwritable) {
            throw new StartException("cannot use the data folder " + root + ": " + unwritable.getMessage(), unwritable);
        }
    }

    private static DataFolder locked(Path root, boolean fresh, FileChannel channel) throws IOException, StartException {
        FileLock lock = tryLock(channel);
        if (lock == null) {
            throw new StartException("another server uses the data folder " + root);
        }
        DataFolder folder = new DataFolder(root, fresh, channel, lock);
        folder.emptyTemporary();
        return folder;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private void emptyTemporary() throws IOException {
        Path temporary = temporary();
        if (Files.exists(temporary)) {
            List<Path> leftovers;
            try (Stream<Path> walk = Files.walk(temporary)) {
                leftovers = walk.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
            }
            for (Path leftover : leftovers) {
                if (!leftover.equals(temporary)) {
                    Files.delete(leftover);
                }
            }
        }
        PrivateFiles.folder(temporary);
    }

    public Path root() {
        return root;
    }

    /** Whether it was made just now. */
    public boolean fresh() {
        return fresh;
    }

    public Path keys() throws IOException {
        return PrivateFiles.folder(root.resolve("keys"));
    }

    public Path tls() throws IOException {
        return PrivateFiles.folder(root.resolve("tls"));
    }

    /** Where the embedded PostgreSQL lives. */
    public Path postgresql() {
        return root.resolve("postgresql");
    }

    /** For {@code java.io.tmpdir}; plaintext must never get there, and what gets there does not outlive a start. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** The token with which the command line shows that it may read this folder. */
    public static Path adminToken(Path root) {
        return root.resolve("admin.token");
    }

    /** Where the command line finds the running server: {@code http://address:port}. */
    public static Path adminUrl(Path root) {
        return root.resolve("admin.url");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(adminUrl(root));
        lock.release();
        channel.close();
    }
}
