package org.therapost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.bench.contestants.Contestant;
import org.therapost.bench.machine.Workspace;

/** What the figures were taken on. */
final class Machine {

    private Machine() {}

    static String describe(Workspace workspace, List<Contestant> contestants) throws IOException {
        return "### Machine\n\n"
                + Runtime.getRuntime().availableProcessors() + " cores (" + value("/proc/cpuinfo", "model name") + "), "
                + value("/proc/meminfo", "MemTotal") + " of memory, Linux " + System.getProperty("os.version")
                + ", files on "
                + workspace.fileSystem() + ", Java " + System.getProperty("java.version") + ". Taking part: "
                + contestants.stream().map(Contestant::name).collect(Collectors.joining("; ")) + ".\n";
    }

    /** The value of the first line "name : value". */
    private static String value(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
