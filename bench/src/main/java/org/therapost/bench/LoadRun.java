package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.therapost.bench.contestants.Contestant;
import org.therapost.bench.contestants.JamesInMemory;
import org.therapost.bench.contestants.PostfixDovecot;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.Load;
import org.therapost.bench.machine.CannotRunException;
import org.therapost.bench.machine.Cleanup;
import org.therapost.bench.machine.LoopbackNames;
import org.therapost.bench.machine.RunFolder;
import org.therapost.bench.machine.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The load benchmark: {@code bench/run} starts it, {@code bench/README.md} says what it measures and how. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares Therapost under load with other mail servers on this machine. Figures go to standard"
                + " output in Markdown, progress to standard error. All traffic stays on loopback.")
public final class LoadRun implements Callable<Integer> {

    /** The contestants by the names they have on the command line. */
    enum Name {
        THERAPOST,
        CHECKED,
        BEFORE,
        BEFORE_CHECKED,
        JAMES,
        POSTFIX
    }

    @Option(
            names = "--against",
            split = ",",
            defaultValue = "therapost,checked,james,postfix",
            paramLabel = "NAME",
            description = "Who takes part, the reference of the ratios last (default: ${DEFAULT-VALUE})."
                    + " checked is Therapost asking a name server who may write; before and before_checked are the"
                    + " same from the build that --before names.")
    private List<Name> names = List.of();

    @Option(
            names = "--load",
            split = ",",
            defaultValue = "2048:4000,102400:1000",
            paramLabel = "OCTETS:COUNT",
            description = "Size and number of the messages of a round (default: ${DEFAULT-VALUE}).")
    private List<String> loads = List.of();

    @Option(
            names = "--sessions",
            defaultValue = "8",
            description = "SMTP sessions at once (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--per-connection",
            defaultValue = "10",
            description = "Messages of one connection (default: ${DEFAULT-VALUE}).")
    private int perConnection;

    @Option(
            names = "--mailboxes",
            defaultValue = "8",
            description = "Mailboxes over which a round is spread (default: ${DEFAULT-VALUE}).")
    private int mailboxes;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description =
                    "Seconds under load before the first round, for each and each size (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--growing",
            split = ",",
            defaultValue = "1000,10000,100000",
            paramLabel = "COUNT",
            description =
                    "Sizes of the one mailbox of the second part; 0 alone leaves it out (default: ${DEFAULT-VALUE}).")
    private List<Integer> growing = List.of();

    @Option(
            names = "--therapists",
            split = ",",
            defaultValue = "10,1000",
            paramLabel = "COUNT",
            description = "Therapists, a client each, over whom the third part spreads a round; 0 leaves it out"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Integer> therapists = List.of();

    @Option(
            names = "--starts",
            defaultValue = "3",
            description = "Starts of Therapost after its first; 0 leaves this part out (default: ${DEFAULT-VALUE}).")
    private int starts;

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
        CommandLine line = new CommandLine(new LoadRun())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(LoadRun::explain);
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Load> sizes = loads.stream().map(this::load).toList();
        cleanup.atTheEnd();
        Workspace workspace = cleanup.later(runFolder.workspace());
        PrintWriter figures = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        List<Contestant> contestants = contestants(workspace);
        figures.println(Machine.describe(workspace, contestants));
        if (starts > 0 && (names.contains(Name.THERAPOST) || names.contains(Name.CHECKED))) {
            List<TherapostContestant> builds = new ArrayList<>();
            builds.add(cleanup.later(TherapostContestant.trusting(workspace.folder("start"), runFolder.launcher())));
            if (runFolder.before().isPresent()) {
                builds.add(cleanup.later(
                        TherapostContestant.before(workspace.folder("start-before"), runFolder.requireBefore())));
            }
            figures.println(new StartUpRun(builds, progress).measure(starts));
        }
        for (Contestant contestant : contestants) {
            progress.println("Starting " + contestant.name());
            contestant.start();
        }
        Rounds run = new Rounds(contestants, Duration.ofSeconds(warmUpSeconds), progress);
        for (Load size : sizes) {
            figures.println(run.alternate(size, rounds));
            figures.flush();
        }
        if (!growing.equals(List.of(0))) {
            figures.println(run.grow(sizes.get(0), growing));
            figures.flush();
        }
        if (!therapists.equals(List.of(0))) {
            figures.println(run.spread(sizes.get(0), therapists));
        }
        return 0;
    }

    private List<Contestant> contestants(Workspace workspace) throws IOException {
        List<Contestant> contestants = new ArrayList<>();
        for (Name name : names) {
            contestants.add(cleanup.later(contestant(name, workspace)));
        }
        return contestants;
    }

    private Contestant contestant(Name name, Workspace workspace) throws IOException {
        return switch (name) {
            case THERAPOST -> TherapostContestant.trusting(workspace.folder("t"), runFolder.launcher());
            case CHECKED ->
                TherapostContestant.asking(
                        cleanup.later(LoopbackNames.start()), workspace.folder("c"), runFolder.launcher());
            case BEFORE -> TherapostContestant.before(workspace.folder("b"), runFolder.requireBefore());
            case BEFORE_CHECKED ->
                TherapostContestant.askingBefore(
                        cleanup.later(LoopbackNames.start()), workspace.folder("bc"), runFolder.requireBefore());
            case JAMES -> new JamesInMemory(workspace.folder("j"), jamesJars.toAbsolutePath());
            case POSTFIX -> new PostfixDovecot(workspace.folder("p"));
        };
    }

    private Load load(String option) {
        String[] parts = option.split(":", 2);
        try {
            return new Load(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), sessions, perConnection, mailboxes);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--load: \"" + option + "\" is no OCTETS:COUNT (" + e.getMessage() + ")", e);
        }
    }

    static int explain(Exception failure, CommandLine line, CommandLine.ParseResult unused) {
        line.getErr()
                .println("bench/run: " + (failure instanceof InterruptedException ? "stopped" : failure.getMessage()));
        return failure instanceof CannotRunException ? 2 : 1;
    }
}
