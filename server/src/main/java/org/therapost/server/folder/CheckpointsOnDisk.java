package org.therapost.server.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.therapost.domain.record.CheckpointFile;

/** The file {@code checkpoints} of the data folder. */
public final class CheckpointsOnDisk implements CheckpointFile {

    private final Path file;

    /** @param root the data folder */
    public CheckpointsOnDisk(Path root) {
        this.file = root.resolve("checkpoints");
    }

    @Override
    public synchronized void append(String signed) throws IOException {
        if (!Files.exists(file)) {
            PrivateFiles.write(file, new byte[0]);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap((signed + "\n").getBytes(StandardCharsets.US_ASCII));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    @Override
    public synchronized String read() throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
    }
}
