package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.BackgroundMail;
import org.therapost.bench.load.ImapClient;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.LoadText;
import org.therapost.bench.load.SmtpClient;
import org.therapost.bench.load.SubmissionClient;
import org.therapost.bench.machine.Cleanup;
import org.therapost.bench.machine.Exchanger;
import org.therapost.bench.machine.RunFolder;
import org.therapost.bench.machine.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The pace of live sessions: {@code bench/run live} starts it, {@code bench/README.md} says what it measures and how. */
@Command(
        name = "bench/run live",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "How soon mail arrives in open sessions, both ways, while other mail comes in. Figures go to"
                + " standard output in Markdown, progress to standard error. All traffic stays on loopback.")
public final class LiveRun implements Callable<Integer> {

    private static final int SIZE = 2048;

    @Option(
            names = "--windows",
            defaultValue = "50",
            description = "Sessions that are open at once (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(
            names = "--messages",
            defaultValue = "500",
            description = "Messages that are timed, each way (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--background",
            defaultValue = "20",
            paramLabel = "COUNT",
            description = "Messages a second that arrive for another therapist (default: ${DEFAULT-VALUE}).")
    private int background;

    @Mixin
    private RunFolder runFolder = new RunFolder();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    private final Cleanup cleanup = new Cleanup();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LiveRun())
                .setExecutionExceptionHandler(LoadRun::explain)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, MessagingException {
        cleanup.atTheEnd();
        Workspace workspace = cleanup.later(runFolder.workspace());
        PrintWriter figures = spec.commandLine().getOut();
        PrintWriter progress = spec.commandLine().getErr();
        Exchanger exchanger = cleanup.later(Exchanger.start());
        TherapostContestant therapost = cleanup.later(
                TherapostContestant.carryingTo(exchanger.port(), workspace.folder("t"), runFolder.launcher()));
        figures.println(Machine.describe(workspace, List.of(therapost)));
        therapost.start();
        progress.println("Opening " + windows + " sessions");
        List<LoadTarget> live = therapost.openSessions(windows);
        List<LoadTarget> others = therapost.oneClientOfEach(8);
        try (BackgroundMail mail = BackgroundMail.start(others, background)) {
            in(therapost, live, progress, "warm-up");
            out(therapost, exchanger, live, progress, "warm-up");
            long usedBefore = therapost.group().processorTime().toNanos();
            int sentBefore = mail.sent();
            double[] in = in(therapost, live, progress, "counted");
            double[] out = out(therapost, exchanger, live, progress, "counted");
            double used = (therapost.group().processorTime().toNanos() - usedBefore) / 1e6;
            figures.println(String.format(
                    Locale.ROOT,
                    "### Live: %d sessions open, %d messages each way one at a time, %d others a second meanwhile%n%n"
                            + "| | p50 / p95 / max, ms |%n|---|---|%n"
                            + "| client's last octet to EXISTS in the idling program | %s |%n"
                            + "| therapist's submission to the client's exchanger | %s |%n%n"
                            + "%.2f CPU-ms per message of all kinds.%n",
                    windows,
                    messages,
                    background,
                    format(in),
                    format(out),
                    used / (2 * messages + mail.sent() - sentBefore)));
        }
        return 0;
    }

    private double[] in(TherapostContestant therapost, List<LoadTarget> live, PrintWriter progress, String series)
            throws IOException, InterruptedException {
        progress.println("Clients write, " + series);
        double[] millis = new double[messages];
        try (ImapClient watching = ImapClient.connect(therapost.inbox());
                SmtpClient sending = new SmtpClient(live.get(0).server())) {
            watching.login(therapost.inbox());
            int held = watching.selected("INBOX");
            watching.idle();
            for (int i = 0; i < messages; i++) {
                LoadTarget client = live.get(i % live.size());
                byte[] message = LoadText.message(client, series + "." + i + "@client.example", i, SIZE);
                long began = System.nanoTime();
                sending.send(client, message);
                watching.awaitExists(held + i + 1);
                millis[i] = (System.nanoTime() - began) / 1e6;
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return millis;
    }

    private double[] out(
            TherapostContestant therapost,
            Exchanger exchanger,
            List<LoadTarget> live,
            PrintWriter progress,
            String series)
            throws IOException, InterruptedException, MessagingException {
        progress.println("The therapist writes, " + series);
        double[] millis = new double[messages];
        try (SubmissionClient submission = therapost.submission()) {
            TimeUnit.SECONDS.sleep(2);
            exchanger.forget();
            for (int i = 0; i < messages; i++) {
                LoadTarget client = live.get(i % live.size());
                long began = System.nanoTime();
                submission.send(client.recipient(), "Answer " + i);
                exchanger.await();
                millis[i] = (System.nanoTime() - began) / 1e6;
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return millis;
    }

    private static String format(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f / %.1f",
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                sorted[sorted.length - 1]);
    }
}
