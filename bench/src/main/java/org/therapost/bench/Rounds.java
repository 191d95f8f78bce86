package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.therapost.bench.contestants.Contestant;
import org.therapost.bench.contestants.JamesInMemory;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.Load;
import org.therapost.bench.load.LoadTarget;

/**
 * The contestants under the same load, one after the other and in turns, so that whatever else the machine does meets
 * all of them. All are up all the time: what an idle one burns is little, and a restart would throw its warm code away.
 */
final class Rounds {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int ROUNDS_PER_MAILBOX = 3;
    private static final int MESSAGES_PER_MAILBOX = 1_000;
    private static final int MESSAGES_SPREAD = 3_000;

    private final List<Contestant> contestants;
    private final Duration warmUp;
    private final PrintWriter progress;
    private int series;

    /** @param contestants the reference of the ratios last */
    Rounds(List<Contestant> contestants, Duration warmUp, PrintWriter progress) {
        this.contestants = List.copyOf(contestants);
        this.warmUp = warmUp;
        this.progress = progress;
    }

    /** Warms everyone up, then measures; each round begins with another contestant and empty mailboxes. */
    String alternate(Load load, int rounds) throws IOException, InterruptedException {
        for (Contestant contestant : contestants) {
            warmUp(contestant, load);
        }
        FiguresTable table = new FiguresTable();
        contestants.forEach(contestant -> table.addRow(contestant.name()));
        List<Contestant> order = new ArrayList<>(contestants);
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : order) {
                List<LoadTarget> mailboxes = contestant.emptyMailboxes(load.mailboxes());
                table.add(contestant.name(), measure(contestant, mailboxes, load, 0, "round " + round));
            }
            Collections.rotate(order, -1);
        }
        String reference = contestants.get(contestants.size() - 1).name();
        return "### " + load.sizeName() + ": " + load.messages() + " messages a round, " + load.sessions()
                + " sessions, "
                + load.perConnection() + " messages a connection, " + load.mailboxes() + " mailboxes, " + rounds
                + " rounds; ratios to " + reference
                + "\n\n"
                + table.markdown(reference);
    }

    /** The same load to one mailbox that holds more and more; James is left out, it would keep all in its heap. */
    String grow(Load size, List<Integer> steps) throws IOException, InterruptedException {
        Load load = size.withMessages(MESSAGES_PER_MAILBOX);
        StringBuilder tables = new StringBuilder("### " + load.sizeName()
                + ", one mailbox growing: " + ROUNDS_PER_MAILBOX + " rounds of " + load.messages()
                + " messages each; ratios to the smallest mailbox\n\n");
        for (Contestant contestant : contestants) {
            if (!(contestant instanceof JamesInMemory)) {
                tables.append(grow(contestant, load, steps)).append('\n');
            }
        }
        return tables.toString();
    }

    /** The same load to the clients of more and more therapists, one each; only Therapost has therapists. */
    String spread(Load size, List<Integer> counts) throws IOException, InterruptedException {
        FiguresTable table = new FiguresTable();
        for (Contestant contestant : contestants) {
            if (contestant instanceof TherapostContestant therapost) {
                for (int count : counts) {
                    List<LoadTarget> mailboxes = therapost.oneClientOfEach(count);
                    // As many messages to each, so that those of the few that are looked at tell the number of all.
                    Load load = size.withMessages(count * Math.max(1, MESSAGES_SPREAD / count));
                    for (int round = 0; round < ROUNDS_PER_MAILBOX; round++) {
                        int before = round * load.messages();
                        table.add(
                                therapost.name() + ", " + count + " therapists",
                                measure(therapost, mailboxes, load, before, count + " therapists"));
                    }
                }
            }
        }
        return "### " + size.sizeName() + ", spread over therapists: " + ROUNDS_PER_MAILBOX
                + " rounds; ratios to the fewest\n\n"
                + table.markdown(contestants.get(0).name() + ", " + counts.get(0) + " therapists");
    }

    private String grow(Contestant contestant, Load load, List<Integer> steps)
            throws IOException, InterruptedException {
        FiguresTable table = new FiguresTable();
        List<LoadTarget> mailbox = contestant.emptyMailboxes(1);
        int held = 0;
        for (int step : steps) {
            if (step > held) {
                measure(contestant, mailbox, load.withMessages(step - held), held, "filling");
                held = step;
            }
            String row = row(contestant, held);
            for (int round = 1; round <= ROUNDS_PER_MAILBOX; round++) {
                table.add(row, measure(contestant, mailbox, load, held, "holding " + held));
                held += load.messages();
            }
        }
        return table.markdown(row(contestant, steps.get(0)));
    }

    private void warmUp(Contestant contestant, Load load) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() < deadline) {
            List<LoadTarget> mailboxes = contestant.emptyMailboxes(load.mailboxes());
            measure(contestant, mailboxes, load, 0, "warm-up");
        }
    }

    private Figure measure(Contestant contestant, List<LoadTarget> mailboxes, Load load, int held, String what)
            throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        series++;
        Figure figure = Figure.measure(contestant, mailboxes, load, held, "s" + series);
        progress.println(String.format(
                Locale.ROOT,
                "%s, %s, %s: %.0f messages/s, %.2f CPU-ms per message, %d MiB",
                contestant.name(),
                load.sizeName(),
                what,
                figure.messagesPerSecond(),
                figure.cpuMillisPerMessage(),
                figure.memory() >> 20));
        return figure;
    }

    private static String row(Contestant contestant, int mailbox) {
        return contestant.name() + ", holding " + mailbox;
    }
}
