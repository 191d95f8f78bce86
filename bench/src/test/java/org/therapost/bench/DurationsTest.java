package org.therapost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        Durations durations = of(LongStream.rangeClosed(1, 100));

        assertThat(durations.percentile(50)).isEqualTo(50);
        assertThat(durations.percentile(95)).isEqualTo(95);
        assertThat(of(LongStream.of(7)).percentile(95)).isEqualTo(7);
        assertThat(of(LongStream.of(3, 1, 2)).format()).isEqualTo("2.0 / 3.0");
    }

    @Test
    void a_ratio_is_formed_of_equal_percentiles() {
        assertThat(of(LongStream.of(3, 6, 30)).ratio(of(LongStream.of(4, 3, 20))))
                .isEqualTo("1.50 / 1.50");
    }

    private static Durations of(LongStream millis) {
        Durations durations = new Durations();
        millis.forEach(value -> durations.add(value * 1_000_000));
        return durations;
    }
}
