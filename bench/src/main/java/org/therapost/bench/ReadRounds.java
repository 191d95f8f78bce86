package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.therapost.bench.contestants.ReadableContestant;
import org.therapost.bench.load.ImapClient;
import org.therapost.bench.load.Latency;
import org.therapost.bench.load.Load;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.ReadTarget;
import org.therapost.bench.load.ReadingTask;
import org.therapost.bench.machine.Spread;

/** The contestants' mailboxes read in turns, task by task. */
final class ReadRounds {

    /** One of a task, of one contestant. */
    private record Cost(double perSecond, double cpuMillis) {}

    private final List<ReadableContestant> contestants;
    private final PrintWriter progress;

    ReadRounds(List<ReadableContestant> contestants, PrintWriter progress) {
        this.contestants = List.copyOf(contestants);
        this.progress = progress;
    }

    /** A mailbox of this many messages for each, read in rounds, after two rounds that do not count. */
    String measure(int messages, int size, int rounds, List<ReadingTask> tasks)
            throws IOException, InterruptedException {
        Map<ReadableContestant, ReadTarget> mailboxes = new LinkedHashMap<>();
        for (ReadableContestant contestant : contestants) {
            mailboxes.put(contestant, fill(contestant, messages, size));
        }
        Map<ReadableContestant, Map<ReadingTask, List<Cost>>> costs = new LinkedHashMap<>();
        Map<ReadableContestant, Map<ReadingTask, Cost>> first = new LinkedHashMap<>();
        for (int round = -1; round <= rounds; round++) {
            for (ReadableContestant contestant : contestants) {
                ReadTarget mailbox = Objects.requireNonNull(mailboxes.get(contestant));
                Map<ReadingTask, Cost> once = read(contestant, mailbox, messages, tasks);
                progress.println(contestant.name() + ", reading " + messages + ", round " + round);
                first.putIfAbsent(contestant, once);
                if (round > 0) {
                    Map<ReadingTask, List<Cost>> all =
                            costs.computeIfAbsent(contestant, unseen -> new EnumMap<>(ReadingTask.class));
                    once.forEach((task, cost) -> all.computeIfAbsent(task, unseen -> new ArrayList<>())
                            .add(cost));
                }
            }
        }
        return table(messages, size, rounds, tasks, costs) + againstTheList(costs) + firstEver(tasks, first);
    }

    /** How long a message takes from the sender's last octet to the eyes of an idling program. */
    String latency(int count) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("### From DATA to IDLE: " + count
                + " messages of 4 KiB, one at a time\n\n| | p50 / p95, ms |\n|---|---|\n");
        for (ReadableContestant contestant : contestants) {
            LoadTarget mailbox = contestant.emptyMailboxes(1).get(0);
            ReadTarget reading = contestant.reading(mailbox);
            Latency.measure(reading, mailbox, 0, count, "warm");
            Latency counted = Latency.measure(reading, mailbox, count, count, "counted");
            table.append("| ")
                    .append(contestant.name())
                    .append(" | ")
                    .append(counted.format())
                    .append(" |\n");
        }
        return table.toString();
    }

    private ReadTarget fill(ReadableContestant contestant, int messages, int size)
            throws IOException, InterruptedException {
        List<LoadTarget> mailbox = contestant.emptyMailboxes(1);
        progress.println("Filling " + contestant.name() + " with " + messages);
        Figure.measure(contestant, mailbox, new Load(size, messages, 8, 10, 1), 0, "fill" + messages);
        return contestant.reading(mailbox.get(0));
    }

    private static Map<ReadingTask, Cost> read(
            ReadableContestant contestant, ReadTarget reading, int messages, List<ReadingTask> tasks)
            throws IOException {
        Map<ReadingTask, Cost> costs = new EnumMap<>(ReadingTask.class);
        try (ImapClient session = ImapClient.select(reading)) {
            for (ReadingTask task : tasks) {
                long usedBefore = contestant.group().processorTime().toNanos();
                long began = System.nanoTime();
                int units = task.run(reading, session, messages);
                double seconds = (System.nanoTime() - began) / 1e9;
                double used = (contestant.group().processorTime().toNanos() - usedBefore) / 1e6;
                costs.put(task, new Cost(units / seconds, used / units));
            }
        }
        return costs;
    }

    /** SORT and THREAD in terms of the list that Thunderbird fetches, round by round: their time and their work. */
    private static String againstTheList(Map<ReadableContestant, Map<ReadingTask, List<Cost>>> costs) {
        StringBuilder lines = new StringBuilder();
        costs.forEach((contestant, all) -> {
            for (ReadingTask task : List.of(ReadingTask.SORT, ReadingTask.THREAD)) {
                List<Cost> list = all.getOrDefault(ReadingTask.HEADERS, List.of());
                List<Cost> ordered = all.getOrDefault(task, List.of());
                if (list.isEmpty() || ordered.isEmpty()) {
                    continue;
                }
                lines.append(String.format(
                        Locale.ROOT,
                        "%n%s of %s: %s times the time and %s times the CPU of Thunderbird's list.%n",
                        task.name(),
                        contestant.name(),
                        ratio(list, ordered, cost -> 1 / cost.perSecond()),
                        ratio(list, ordered, Cost::cpuMillis)));
            }
        });
        return lines.toString();
    }

    private static String ratio(List<Cost> list, List<Cost> ordered, ToDoubleFunction<Cost> cost) {
        return Spread.of(IntStream.range(0, Math.min(list.size(), ordered.size()))
                        .mapToDouble(
                                round -> cost.applyAsDouble(ordered.get(round)) / cost.applyAsDouble(list.get(round))))
                .format(2);
    }

    /** What the first round cost, which opens messages that nobody has opened before. */
    private String firstEver(List<ReadingTask> tasks, Map<ReadableContestant, Map<ReadingTask, Cost>> first) {
        StringBuilder line = new StringBuilder();
        for (ReadableContestant contestant : contestants) {
            line.append("\nThe first time ever, ").append(contestant.name()).append(", CPU-ms each:");
            String separator = " ";
            for (ReadingTask task : tasks) {
                Cost cost = first.getOrDefault(contestant, Map.of()).get(task);
                if (cost != null) {
                    line.append(separator)
                            .append(String.format(Locale.ROOT, "%s %.3f", task.title(), cost.cpuMillis()));
                    separator = "; ";
                }
            }
            line.append(".\n");
        }
        return line.toString();
    }

    private String table(
            int messages,
            int size,
            int rounds,
            List<ReadingTask> tasks,
            Map<ReadableContestant, Map<ReadingTask, List<Cost>>> costs) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "### Reading a mailbox of %d messages of %d KiB, %d rounds%n%n| min / **median** / max |",
                messages,
                size / 1024,
                rounds));
        for (ReadableContestant contestant : contestants) {
            table.append(' ').append(contestant.name()).append(", a second | CPU-ms each |");
        }
        table.append("\n|---|").append("---|---|".repeat(contestants.size())).append('\n');
        for (ReadingTask task : tasks) {
            table.append("| ")
                    .append(task.title())
                    .append(" (")
                    .append(task.unit())
                    .append(") |");
            for (ReadableContestant contestant : contestants) {
                List<Cost> all = costs.getOrDefault(contestant, Map.of()).getOrDefault(task, List.of());
                table.append(' ')
                        .append(Spread.of(all.stream().mapToDouble(Cost::perSecond))
                                .format(1))
                        .append(" | ")
                        .append(Spread.of(all.stream().mapToDouble(Cost::cpuMillis))
                                .format(3))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
