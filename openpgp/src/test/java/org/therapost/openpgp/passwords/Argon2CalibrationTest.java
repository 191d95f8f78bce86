package org.therapost.openpgp.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a password costs, quick or slow as the machine may be. */
class Argon2CalibrationTest {

    @ParameterizedTest
    @CsvSource({"100000,3", "300,3", "299,3", "150,6", "90,10", "20,16", "0,16"})
    void a_quick_machine_takes_more_passes(long milliseconds, int passes) {
        assertThat(Argon2Calibration.fitting(Duration.ofMillis(milliseconds)))
                .isEqualTo(new Argon2Cost(64 << 10, passes, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 1_000, 1_000_000_000, Long.MAX_VALUE})
    void no_machine_takes_less_than_the_least(long nanoseconds) {
        assertThat(Argon2Calibration.fitting(Duration.ofNanos(nanoseconds)).below(Argon2Cost.LEAST))
                .isFalse();
    }

    @Test
    void what_was_measured_here_can_be_written_down_and_read() {
        Argon2Cost cost = Argon2Calibration.measure();
        assertThat(cost.below(Argon2Cost.LEAST)).isFalse();
        assertThat(Argon2Cost.parse(cost.toString())).contains(cost);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m=65536",
                "m=65536,t=0,p=1",
                "m=65536,t=17,p=1",
                "m=999999,t=3,p=1",
                "m=1,t=3,p=1",
                " m=65536,t=3,p=1"
            })
    void nothing_else_is_a_cost(String text) {
        assertThat(Argon2Cost.parse(text)).isEmpty();
    }
}
