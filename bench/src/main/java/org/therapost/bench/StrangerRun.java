package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.LoadText;
import org.therapost.bench.load.SmtpClient;
import org.therapost.bench.load.SubmissionClient;
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

/**
 * Mail of clients and therapists beside a stranger whose name server takes its time: {@code bench/run stranger} starts it,
 * {@code bench/README.md} says what it measures and how.
 */
@Command(
        name = "bench/run stranger",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "What a stranger whose SPF asks slow questions costs the others: clients' mail, whose senders are"
                + " checked, and a therapist's submission, one at a time, in turns without and beside the stranger. Figures"
                + " go to standard output in Markdown, progress to standard error. All traffic stays on loopback.")
public final class StrangerRun implements Callable<Integer> {

    private static final int SIZE = 2048;
    private static final int LEFT_BEHIND_SECONDS = 22;

    @Option(
            names = "--messages",
            defaultValue = "200",
            description = "Messages that are timed in each round, each way (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--connections",
            defaultValue = "48",
            description =
                    "Connections of the stranger, each with one mail after the other (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--networks",
            defaultValue = "4",
            description = "Networks and domains of the stranger, over which its connections are spread (default:"
                    + " ${DEFAULT-VALUE}).")
    private int networks;

    @Option(
            names = "--slowness",
            defaultValue = "1500",
            paramLabel = "MILLIS",
            description = "What each answer of the stranger's name server takes (default: ${DEFAULT-VALUE}).")
    private int slowness;

    @Mixin
    private RunFolder runFolder = new RunFolder();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    private final Cleanup cleanup = new Cleanup();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StrangerRun())
                .setExecutionExceptionHandler(LoadRun::explain)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, MessagingException {
        cleanup.atTheEnd();
        Workspace workspace = cleanup.later(runFolder.workspace());
        PrintWriter figures = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        LoopbackNames names = cleanup.later(LoopbackNames.start(Duration.ofMillis(slowness)));
        TherapostContestant therapost =
                cleanup.later(TherapostContestant.asking(names, workspace.folder("t"), runFolder.launcher()));
        figures.println(Machine.describe(workspace, List.of(therapost)));
        therapost.start();
        LoadTarget client = therapost.emptyMailboxes(1).get(0);
        Timings usual = new Timings();
        Timings beside = new Timings();
        progress.println("Warm-up");
        measure(therapost, client, new Timings(), "warm-up");
        String stranger = "";
        for (int round = 1; round <= rounds; round++) {
            progress.println("Round " + round + " of " + rounds + ", without the stranger");
            measure(therapost, client, usual, "usual." + round);
            progress.println("Round " + round + " of " + rounds + ", beside the stranger");
            try (Stranger slow = Stranger.start(client, connections, networks)) {
                slow.awaitWaiting();
                measure(therapost, client, beside, "beside." + round);
                stranger = slow.describe();
            }
            // What it left behind is looked at for 20 s more; the next round is a usual one.
            TimeUnit.SECONDS.sleep(LEFT_BEHIND_SECONDS);
        }
        figures.println(table(usual, beside, stranger));
        return 0;
    }

    private String table(Timings usual, Timings beside, String stranger) {
        return String.format(
                Locale.ROOT,
                "### A stranger with %d connections from %d networks, %d ms for each DNS answer; %d rounds of %d messages each"
                        + " way%n%n"
                        + "| p50 / p95, ms | usual | beside the stranger | ratio |%n|---|---|---|---|%n"
                        + "| client's mail, connection to 250, sender checked | %s | %s | %s |%n"
                        + "| therapist's submission, to 250 | %s | %s | %s |%n%n"
                        + "%s%n",
                connections,
                networks,
                slowness,
                rounds,
                messages,
                usual.in.format(),
                beside.in.format(),
                beside.in.ratio(usual.in),
                usual.out.format(),
                beside.out.format(),
                beside.out.ratio(usual.out),
                stranger);
    }

    /** What was timed so far, each way. */
    private static final class Timings {
        final Durations in = new Durations();
        final Durations out = new Durations();
    }

    private void measure(TherapostContestant therapost, LoadTarget client, Timings into, String series)
            throws IOException, InterruptedException, MessagingException {
        try (SubmissionClient submission = therapost.submission()) {
            for (int i = 0; i < messages; i++) {
                byte[] message = LoadText.message(client, series + "." + i + "@client.example", i, SIZE);
                long began = System.nanoTime();
                // A connection for each, as clients' providers come: greeting and EHLO count.
                try (SmtpClient sending = new SmtpClient(client.server())) {
                    sending.send(client, message);
                    into.in.add(System.nanoTime() - began);
                }
                began = System.nanoTime();
                submission.send(client.recipient(), "Answer " + series + " " + i);
                into.out.add(System.nanoTime() - began);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
