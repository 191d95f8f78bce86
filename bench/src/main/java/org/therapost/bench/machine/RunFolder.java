package org.therapost.bench.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run takes place. */
public final class RunFolder {

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

    @Option(
            names = "--before",
            paramLabel = "LAUNCHER",
            description = "The launcher of an older build, in a work tree of its own, for the contestants before and"
                    + " before-checked, and for the starts, which it then takes in turns with this one.")
    private @Nullable Path before;

    /** A new folder, which goes with the run. */
    public Workspace workspace() throws IOException {
        return Workspace.create(parent);
    }

    /** The launcher of the older build, if one is named. */
    public Optional<Path> before() {
        return Optional.ofNullable(before).map(Path::toAbsolutePath);
    }

    /** The launcher of the older build. */
    public Path requireBefore() {
        return before().orElseThrow(() -> new CannotRunException("name the older build's launcher with --before"));
    }

    public Path launcher() {
        return launcher.toAbsolutePath();
    }
}
