package org.therapost.bench.machine;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The smallest, the middle and the largest of some values. */
public record Spread(double min, double median, double max) {

    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("No values");
        }
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** Each value of one list over the value of the same round in the other. */
    public static Spread ofRatios(List<Double> values, List<Double> reference) {
        return of(IntStream.range(0, values.size()).mapToDouble(round -> values.get(round) / reference.get(round)));
    }

    /** "3.9 / **4.1** / 4.6". */
    public String format(int digits) {
        String number = "%." + digits + "f";
        return String.format(Locale.ROOT, number + " / **" + number + "** / " + number, min, median, max);
    }
}
