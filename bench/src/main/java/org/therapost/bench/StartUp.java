package org.therapost.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** From the command to the line {@code ready}, and what Therapost holds in memory before its first mail. */
final class StartUp {

    private static final int SETTLING_SECONDS = 10;
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final Therapost therapost;
    private final PrintWriter progress;

    StartUp(Therapost therapost, PrintWriter progress) {
        this.therapost = therapost;
        this.progress = progress;
    }

    /** The first start makes the cluster, the keys and the certificate; the later ones find them. */
    String measure(int laterStarts) throws IOException, InterruptedException {
        therapost.build();
        List<Double> seconds = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int start = 0; start <= laterStarts; start++) {
            seconds.add(therapost.startOnce().toMillis() / 1e3);
            TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
            memory.add(therapost.group().residentMemory() / MEBIBYTE);
            therapost.stop();
            progress.println(String.format(
                    Locale.ROOT, "Start %d: %.1f s, %.0f MiB", start + 1, seconds.get(start), memory.get(start)));
        }
        therapost.close();
        Spread later = Spread.of(seconds.stream().skip(1).mapToDouble(Double::doubleValue));
        Spread idle = Spread.of(memory.stream().mapToDouble(Double::doubleValue));
        return String.format(
                Locale.ROOT,
                "### Therapost: start and rest%n%n| min / **median** / max | |%n|---|---|%n"
                        + "| first start to ready, s | %.1f |%n| later starts to ready, s | %s |%n"
                        + "| resident %d s after ready, with PostgreSQL, MiB | %s |%n",
                seconds.get(0),
                later.format(1),
                SETTLING_SECONDS,
                idle.format(0));
    }
}
