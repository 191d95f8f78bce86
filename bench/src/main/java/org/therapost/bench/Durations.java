package org.therapost.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long each of many equal things took. */
final class Durations {

    private final List<Double> millis = new ArrayList<>();

    void add(long nanos) {
        millis.add(nanos / 1e6);
    }

    /** "12.3 / 45.6": the median and the 95th percentile, in milliseconds. */
    String format() {
        return String.format(Locale.ROOT, "%.1f / %.1f", percentile(50), percentile(95));
    }

    /** "1.05 / 1.20": what became of median and 95th percentile. */
    String ratio(Durations usual) {
        return String.format(
                Locale.ROOT,
                "%.2f / %.2f",
                percentile(50) / usual.percentile(50),
                percentile(95) / usual.percentile(95));
    }

    /** The smallest value that so many percent of all do not exceed. */
    double percentile(int percent) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(0, rank - 1));
    }
}
