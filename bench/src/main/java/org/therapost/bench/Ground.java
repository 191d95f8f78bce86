package org.therapost.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a run takes place. */
final class Ground {

    @Option(
            names = "--workspace",
            defaultValue = "/var/tmp",
            description = "Where to make the temporary folder, on a real disk (default: ${DEFAULT-VALUE}).")
    private Path parent = Path.of("");

    @Option(
            names = "--therapost",
            defaultValue = "./therapost",
            description = "Its launcher (default: ${DEFAULT-VALUE}).")
    private Path launcher = Path.of("");

    /** A new folder, which goes with the run. */
    Workspace workspace() throws IOException {
        return Workspace.create(parent);
    }

    Path launcher() {
        return launcher.toAbsolutePath();
    }
}
