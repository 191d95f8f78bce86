package org.therapost.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.therapost.bench.machine.Spread;

/** The figures of one load as a Markdown table: a row per contestant, ratios to one of them. */
final class FiguresTable {

    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private final Map<String, List<Figure>> rows = new LinkedHashMap<>();

    /** Rows stand in the order in which they were first named. */
    void addRow(String row) {
        rows.putIfAbsent(row, new ArrayList<>());
    }

    void add(String row, Figure figure) {
        rows.computeIfAbsent(row, unseen -> new ArrayList<>()).add(figure);
    }

    /** Ratios are formed round by round, and a ratio of processor time below 1 is to the row's credit. */
    String markdown(String reference) {
        StringBuilder table = new StringBuilder();
        table.append("| min / **median** / max | messages/s | CPU-ms per message | resident MiB | messages/s, ratio")
                .append(" | CPU per message, ratio |\n|---|---|---|---|---|---|\n");
        rows.forEach((row, figures) -> table.append("| ")
                .append(String.join(
                        " | ",
                        row,
                        spread(figures, Figure::messagesPerSecond).format(0),
                        spread(figures, Figure::cpuMillisPerMessage).format(2),
                        spread(figures, figure -> figure.memory() / MEBIBYTE).format(0),
                        ratio(figures, reference, Figure::messagesPerSecond),
                        ratio(figures, reference, Figure::cpuMillisPerMessage)))
                .append(" |\n"));
        return table.toString();
    }

    private String ratio(List<Figure> figures, String reference, ToDoubleFunction<Figure> value) {
        List<Figure> others = rows.get(reference);
        if (others == null) {
            return "-";
        }
        return Spread.ofRatios(values(figures, value), values(others, value)).format(2);
    }

    private static Spread spread(List<Figure> figures, ToDoubleFunction<Figure> value) {
        return Spread.of(figures.stream().mapToDouble(value));
    }

    private static List<Double> values(List<Figure> figures, ToDoubleFunction<Figure> value) {
        return figures.stream().map(value::applyAsDouble).toList();
    }
}
