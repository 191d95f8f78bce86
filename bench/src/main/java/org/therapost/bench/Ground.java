package org.therapost.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--before",
            paramLabel = "LAUNCHER",
            description = "The launcher of an older build, in a work tree of its own, for the contestants before and"
                    + " before-checked, and for the starts, which it then takes in turns with this one.")
    private @Nullable Path before;

    /** A new folder, which goes with the run. */
    Workspace workspace() throws IOException {
        return Workspace.create(parent);
    }

    /** The launcher of the older build, if one is named. */
    Optional<Path> before() {
        return Optional.ofNullable(before).map(Path::toAbsolutePath);
    }

    /** The launcher of the older build. */
    Path requireBefore() {
        return before().orElseThrow(() -> new CannotRunException("name the older build's launcher with --before"));
    }

    Path launcher() {
        return launcher.toAbsolutePath();
    }
}
