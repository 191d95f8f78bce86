package org.therapost.server.endtoend.secrecy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.therapost.server.endtoend.ServerProcess;

/** What a process could reach in its memory, in a file that goes again. */
public final class HeapDump implements AutoCloseable {

    private final Path folder;
    private final Path file;

    /**
     * Takes one, after a full collection.
     *
     * @param folder where it is written, in a folder of its own
     */
    public HeapDump(ServerProcess server, Path folder) throws IOException, InterruptedException {
        this.folder = Files.createTempDirectory(folder, "dump");
        this.file = this.folder.resolve("heap.hprof");
        server.dumpReachable(file);
    }

    /** Whether a word stands in it, in any form that {@link MarkerScan} knows. */
    public boolean contains(MarkerScan word) throws IOException {
        return !word.below(folder).isEmpty();
    }

    /** Whether octets stand in it one after another. */
    public boolean contains(byte[] octets) throws IOException {
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at <= all.length - octets.length; at++) {
            if (all[at] == octets[0] && Arrays.equals(all, at, at + octets.length, octets, 0, octets.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }
}
