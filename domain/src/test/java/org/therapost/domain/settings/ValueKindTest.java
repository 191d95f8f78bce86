package org.therapost.domain.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueKindTest {

    private static final ValueKind<Long> SIZE = ValueKind.size(1024, 100L << 20);
    private static final ValueKind<Duration> TIME = ValueKind.time(Duration.ofSeconds(5), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({"1024 B, 1024", "1 KiB, 1024", "36MiB, 37748736", "36  mib, 37748736", "102400 KiB, 104857600"})
    void a_size_has_a_unit(String written, long octets) throws Exception {
        assertThat(SIZE.reader().read(written)).isEqualTo(octets);
    }

    @ParameterizedTest
    @CsvSource({"5 s, 5", "60s, 60", "2 min, 120", "1 h, 3600", "3600 s, 3600"})
    void a_time_has_a_unit(String written, long seconds) throws Exception {
        assertThat(TIME.reader().read(written)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_number_without_its_unit_is_refused_with_what_it_may_have_meant() {
        assertThatThrownBy(() -> SIZE.reader().read("37748736"))
                .isInstanceOf(WrongValueException.class)
                .hasMessage("the unit is missing: B, KiB, MiB, GiB, such as 36 MiB");
        assertThatThrownBy(() -> TIME.reader().read("60"))
                .isInstanceOf(WrongValueException.class)
                .hasMessage("the unit is missing: s, min, h, d, such as 1 min");
        assertThatThrownBy(() -> TIME.reader().read("5 minutes"))
                .isInstanceOf(WrongValueException.class)
                .hasMessage("the unit is one of s, min, h, d");
        assertThatThrownBy(() -> SIZE.reader().read("36 MB"))
                .isInstanceOf(WrongValueException.class)
                .hasMessage("the unit is one of B, KiB, MiB, GiB");
    }

    @Test
    void nothing_of_something_needs_no_unit() throws Exception {
        assertThat(ValueKind.size(0, 1 << 30).reader().read("0")).isZero();
        assertThat(ValueKind.time(Duration.ZERO, Duration.ofMinutes(5)).reader().read("0"))
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "many",
                "-1 s",
                "1.5 h",
                "4 s",
                "2 h",
                "61 min",
                "9999999999999999999 s",
                "999999999999999999 d"
            })
    void a_time_that_is_none_or_out_of_range_is_refused(String written) {
        assertThatThrownBy(() -> TIME.reader().read(written)).isInstanceOf(WrongValueException.class);
    }

    @Test
    void what_is_allowed_is_said_with_units() {
        assertThat(SIZE.allowed()).isEqualTo("a size from 1 KiB to 100 MiB");
        assertThat(TIME.allowed()).isEqualTo("a time from 5 s to 1 h");
        assertThat(ValueKind.size(64 * 1024, Long.MAX_VALUE).orNothing().allowed())
                .isEqualTo("a size of 64 KiB or more, or nothing");
        assertThat(ValueKind.number(3, 10_000).allowed()).isEqualTo("a number from 3 to 10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "10001", "3.0", "0x10", "ten"})
    void a_number_out_of_range_is_refused(String written) {
        assertThatThrownBy(() -> ValueKind.number(3, 10_000).reader().read(written))
                .isInstanceOf(WrongValueException.class);
    }

    @Test
    void a_list_has_commas_or_spaces_and_may_be_empty() throws Exception {
        ValueKind<List<Integer>> numbers = ValueKind.number(0, 9).list("digits");

        assertThat(numbers.reader().read("1, 2 3,4")).containsExactly(1, 2, 3, 4);
        assertThat(numbers.reader().read("")).isEmpty();
        assertThatThrownBy(() -> numbers.reader().read("1, 12")).isInstanceOf(WrongValueException.class);
    }

    @Test
    void a_file_must_be_there(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("key.pem"));

        assertThat(ValueKind.readableFile().reader().read(file.toString())).isEqualTo(file);
        assertThatThrownBy(() -> ValueKind.readableFile().reader().read(file + "x"))
                .hasMessage("there is no such file");
        assertThatThrownBy(() -> ValueKind.readableFile().reader().read(folder.toString()))
                .hasMessage("there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example", "1.2.3", "999.1.1.1", "", "localhost"})
    void the_address_of_a_listener_is_an_ip_address_and_no_name_is_looked_up(String written) {
        assertThatThrownBy(() -> Listener.ADDRESS.reader().read(written)).isInstanceOf(WrongValueException.class);
    }

    @Test
    void a_listener_is_written_as_in_a_url() throws Exception {
        assertThat(new Listener(Listener.literal("127.0.0.1"), 2525)).hasToString("127.0.0.1:2525");
        assertThat(new Listener(Listener.literal("::1"), 25)).hasToString("[0:0:0:0:0:0:0:1]:25");
    }
}
