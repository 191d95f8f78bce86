package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.machine.Spread;

/**
 * From the command to the line {@code ready}, and what Therapost holds in memory before its first mail. Several builds take turns,
 * and ratios are formed start by start.
 */
final class StartUpRun {

    private static final int SETTLING_SECONDS = 10;
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    /** One start: wall clock, processor time of all processes until {@code ready}, and memory afterwards. */
    private record Start(double seconds, double cpuSeconds, double mebibytes) {}

    private final List<TherapostContestant> builds;
    private final PrintWriter progress;

    StartUpRun(List<TherapostContestant> builds, PrintWriter progress) {
        this.builds = List.copyOf(builds);
        this.progress = progress;
    }

    /** The first start makes the cluster, the keys and the certificate; the later ones find them. */
    String measure(int laterStarts) throws IOException, InterruptedException {
        Map<TherapostContestant, List<Start>> starts = new LinkedHashMap<>();
        for (TherapostContestant build : builds) {
            build.build();
            starts.put(build, new ArrayList<>());
        }
        for (int start = 0; start <= laterStarts; start++) {
            for (TherapostContestant build : builds) {
                Start one = start(build);
                starts.getOrDefault(build, List.of()).add(one);
                progress.println(String.format(
                        Locale.ROOT,
                        "%s, start %d: %.1f s, %.1f CPU-s, %.0f MiB",
                        build.name(),
                        start + 1,
                        one.seconds(),
                        one.cpuSeconds(),
                        one.mebibytes()));
            }
        }
        for (TherapostContestant build : builds) {
            build.close();
        }
        return table(starts);
    }

    private static Start start(TherapostContestant build) throws IOException, InterruptedException {
        long usedBefore = build.group().processorTime().toNanos();
        double seconds = build.startOnce().toNanos() / 1e9;
        double used = (build.group().processorTime().toNanos() - usedBefore) / 1e9;
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        double memory = build.group().residentMemory() / MEBIBYTE;
        build.stop();
        return new Start(seconds, used, memory);
    }

    private String table(Map<TherapostContestant, List<Start>> starts) {
        StringBuilder table = new StringBuilder("### Start and rest\n\n| min / **median** / max |");
        builds.forEach(build -> table.append(' ').append(build.name()).append(" |"));
        table.append(builds.size() > 1 ? " ratio, start by start |" : "").append("\n|---|");
        table.append("---|".repeat(builds.size() > 1 ? builds.size() + 1 : builds.size()))
                .append('\n');
        row(table, "first start to ready, s", 1, starts, Start::seconds, 0, 1);
        row(table, "later starts to ready, s", 1, starts, Start::seconds, 1, Integer.MAX_VALUE);
        row(table, "later starts to ready, CPU-s, with PostgreSQL", 1, starts, Start::cpuSeconds, 1, Integer.MAX_VALUE);
        String rest = "resident " + SETTLING_SECONDS + " s after ready, with PostgreSQL, MiB";
        row(table, rest, 0, starts, Start::mebibytes, 0, Integer.MAX_VALUE);
        return table.toString();
    }

    private void row(
            StringBuilder table,
            String title,
            int decimals,
            Map<TherapostContestant, List<Start>> starts,
            ToDoubleFunction<Start> value,
            int from,
            int to) {
        List<List<Double>> columns = builds.stream()
                .map(build -> values(starts.getOrDefault(build, List.of()), value, from, to))
                .toList();
        table.append("| ").append(title).append(" |");
        columns.forEach(column -> table.append(' ')
                .append(Spread.of(column.stream().mapToDouble(Double::doubleValue))
                        .format(decimals))
                .append(" |"));
        if (columns.size() > 1) {
            table.append(' ')
                    .append(Spread.ofRatios(columns.get(0), columns.get(1)).format(2))
                    .append(" |");
        }
        table.append('\n');
    }

    private static List<Double> values(List<Start> starts, ToDoubleFunction<Start> value, int from, int to) {
        return starts.stream()
                .skip(from)
                .limit((long) to - from)
                .map(value::applyAsDouble)
                .toList();
    }
}
