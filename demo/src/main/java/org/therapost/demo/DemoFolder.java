package org.therapost.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.demo.world.DemoException;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.PrivateFiles;
import org.therapost.server.folder.StartException;

/**
 * Where one play leaves its things. It is emptied before each, but only if a play made it.
 *
 * @param root holds the server's data folder and what belongs to the world outside
 */
record DemoFolder(Path root) {

    private static final String MARK = "therapost-demo";

    /**
     * The folder, empty.
     *
     * @throws DemoException if it holds anything that no demo has left there, or a demo plays in it
     */
    static DemoFolder fresh(Path root) throws DemoException {
        DemoFolder folder = new DemoFolder(root.toAbsolutePath().normalize());
        try {
            folder.empty();
            PrivateFiles.folder(folder.root);
            PrivateFiles.write(
                    folder.root.resolve(MARK),
                    "Everything in this folder is deleted when the next demo starts.\n"
                            .getBytes(StandardCharsets.US_ASCII));
            PrivateFiles.folder(folder.outside());
            return folder;
        } catch (IOException unwritable) {
            throw new DemoException("cannot use the folder " + folder.root + ": " + unwritable.getMessage());
        }
    }

    private void empty() throws IOException, DemoException {
        if (leftovers().isEmpty()) {
            return;
        }
        if (!Files.exists(root.resolve(MARK))) {
            throw new DemoException(root + " was not made by a demo: choose another folder with --data");
        }
        if (Files.exists(data())) {
            // Whoever holds its lock is still using it.
            try {
                DataFolder.open(data()).close();
            } catch (StartException used) {
                throw new DemoException(String.valueOf(used.getMessage()), used);
            }
        }
        for (Path leftover : leftovers()) {
            Files.deleteIfExists(leftover);
        }
    }

    private List<Path> leftovers() throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !path.equals(root))
                    .sorted(Comparator.reverseOrder())
                    .collect(Collectors.toList());
        }
    }

    /** The server's data folder. */
    Path data() {
        return root.resolve("data");
    }

    /** The server's self-made certificate. */
    Path certificate() {
        return data().resolve("tls").resolve("certificate.pem");
    }

    /** What belongs to providers and clients. */
    Path outside() {
        return root.resolve("outside");
    }
}
