package org.therapost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.therapost.bench.machine.Spread;

class FiguresTableTest {

    @Test
    void the_median_of_an_even_number_of_values_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Spread(1, 2.5, 4));
    }

    @Test
    void ratios_are_formed_round_by_round() {
        FiguresTable table = new FiguresTable();
        table.addRow("ours");
        table.add("theirs", new Figure(100, 5, 50L << 20));
        table.add("ours", new Figure(200, 4, 600L << 20));
        table.add("theirs", new Figure(50, 10, 50L << 20));
        table.add("ours", new Figure(100, 9, 600L << 20));

        assertThat(table.markdown("theirs").lines().skip(2))
                .containsExactly(
                        "| ours | 100 / **150** / 200 | 4.00 / **6.50** / 9.00 | 600 / **600** / 600"
                                + " | 2.00 / **2.00** / 2.00 | 0.80 / **0.85** / 0.90 |",
                        "| theirs | 50 / **75** / 100 | 5.00 / **7.50** / 10.00 | 50 / **50** / 50"
                                + " | 1.00 / **1.00** / 1.00 | 1.00 / **1.00** / 1.00 |");
    }
}
