package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.therapost.bench.contestants.JamesInMemory;
import org.therapost.bench.contestants.ReadableContestant;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.ReadingTask;
import org.therapost.bench.machine.Cleanup;
import org.therapost.bench.machine.RunFolder;
import org.therapost.bench.machine.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The reading benchmark: {@code bench/run read} starts it, {@code bench/README.md} says what it measures and how. */
@Command(
        name = "bench/run read",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Compares what reading costs: logins, lists, bodies, searches, and how soon new mail shows. Figures go"
                        + " to standard output in Markdown, progress to standard error. All traffic stays on loopback.")
public final class ReadRun implements Callable<Integer> {

    /** The contestants by the names they have on the command line. */
    enum Name {
        THERAPOST,
        BEFORE,
        JAMES
    }

    private static final int SIZE = 4096;

    @Option(
            names = "--against",
            split = ",",
            defaultValue = "therapost,james",
            paramLabel = "NAME",
            description = "Who takes part (default: ${DEFAULT-VALUE}). before is the build that --before names.")
    private List<Name> names = List.of();

    @Option(
            names = "--messages",
            defaultValue = "2000",
            description = "Messages of 4 KiB in the mailbox for all tasks (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--list",
            defaultValue = "20000",
            description = "Messages in the mailbox of Therapost that is only listed; 0 leaves it out"
                    + " (default: ${DEFAULT-VALUE}).")
    private int list;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--latency",
            defaultValue = "500",
            description = "Messages whose way to the reader is timed (default: ${DEFAULT-VALUE}).")
    private int latency;

    @Option(
            names = "--logins",
            defaultValue = "50",
            description = "Programs that log in at once after a restart; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    private int logins;

    @Mixin
    private RunFolder runFolder = new RunFolder();

    @Option(
            names = "--james",
            defaultValue = "bench/target/james",
            description = "The folder with James's jars (default: ${DEFAULT-VALUE}).")
    private Path jamesJars = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    private final Cleanup cleanup = new Cleanup();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ReadRun())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(LoadRun::explain)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        cleanup.atTheEnd();
        Workspace workspace = cleanup.later(runFolder.workspace());
        PrintWriter figures = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        List<ReadableContestant> contestants = new ArrayList<>();
        for (Name name : names) {
            contestants.add(cleanup.later(contestant(name, workspace)));
        }
        figures.println(Machine.describe(workspace, List.copyOf(contestants)));
        for (ReadableContestant contestant : contestants) {
            progress.println("Starting " + contestant.name());
            contestant.start();
        }
        ReadRounds run = new ReadRounds(contestants, progress);
        figures.println(run.measure(messages, SIZE, rounds, ReadingTask.OF_EVERYBODY));
        if (latency > 0) {
            figures.println(run.latency(latency));
        }
        figures.flush();
        List<ReadableContestant> patient = contestants.stream()
                // James looks through the mailbox at every append: filling this one would take it hours.
                .filter(contestant -> !(contestant instanceof JamesInMemory))
                .toList();
        if (list > 0 && !patient.isEmpty()) {
            figures.println(new ReadRounds(patient, progress).measure(list, SIZE, rounds, ReadingTask.OF_A_LIST));
        }
        for (ReadableContestant contestant : contestants) {
            if (logins > 0 && contestant instanceof TherapostContestant therapost) {
                figures.println(new LoginsAtOnce(therapost).measure(logins));
            }
        }
        return 0;
    }

    private ReadableContestant contestant(Name name, Workspace workspace) throws IOException {
        return switch (name) {
            case THERAPOST -> TherapostContestant.trusting(workspace.folder("t"), runFolder.launcher());
            case BEFORE -> TherapostContestant.before(workspace.folder("b"), runFolder.requireBefore());
            case JAMES -> new JamesInMemory(workspace.folder("j"), jamesJars.toAbsolutePath());
        };
    }
}
