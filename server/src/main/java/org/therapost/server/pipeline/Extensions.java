package org.therapost.server.pipeline;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of jars with an operator's own mailets and matchers. What is in it runs with all rights of the server. */
public final class Extensions implements AutoCloseable {

    private final Path folder;
    private final URLClassLoader loader;

    private Extensions(Path folder, URLClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /**
     * Opens the jars of a folder; there may be none.
     *
     * @throws PipelineException if one of them cannot be read, or anybody could put something else in its place
     */
    public static Extensions open(Path folder) throws PipelineException {
        List<URL> jars = new ArrayList<>();
        try {
            if (Files.isDirectory(folder)) {
                requireNotForAnybody(folder);
                for (Path jar : jars(folder)) {
                    requireNotForAnybody(jar);
                    jars.add(jar.toUri().toURL());
                }
            }
        } catch (IOException unreadable) {
            throw new PipelineException("the folder of extensions " + folder + " cannot be read", unreadable);
        }
        return new Extensions(
                folder, new URLClassLoader("extensions", jars.toArray(URL[]::new), Extensions.class.getClassLoader()));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void requireNotForAnybody(Path file) throws IOException, PipelineException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new PipelineException("every user of this machine may write to " + file
                    + ", and what is in it runs with all rights of the server: chmod o-w " + file);
        }
    }

    Path folder() {
        return folder;
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException anyway) {
            // The process ends, and with it what is open.
        }
    }
}
