package org.therapost.server.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folder that holds the sources of Therapost. */
final class Repository {

    /** What is built or kept by the people and tools that work here, and what a running server or a demo writes. */
    private static final Set<String> NOT_SOURCES =
            Set.of("target", ".git", ".idea", ".vscode", "node_modules", "data", "demo-data");

    private Repository() {}

    /** Its root: where the launcher is. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("therapost"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException("the launcher is in no folder above"));
        }
        return here;
    }

    /** All files that people write, relative to the root. */
    static List<Path> sources() throws IOException {
        Path root = root();
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // In a work tree of Git ".git" is a file.
                if (attributes.isRegularFile() && !NOT_SOURCES.contains(String.valueOf(file.getFileName()))) {
                    sources.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /** The octets of a file as characters, whatever its encoding: what is looked for is ASCII. */
    static String text(Path relative) {
        try {
            return Files.readString(root().resolve(relative), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + relative, unreadable);
        }
    }
}
