package org.therapost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.bench.machine.ServerProcess;

class LoadTextTest {

    private static final LoadTarget ENVELOPE =
            new LoadTarget(ServerProcess.loopback(2525), "alice@client.example", "k7m2qx@practice.example");

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 2047, 2048, 102_400})
    void a_message_has_exactly_the_size_asked_for_in_lines_that_smtp_takes_as_they_are(int size) {
        String message = new String(message(4711, size), US_ASCII);

        assertThat(message).hasSize(size).endsWith("\r\n");
        assertThat(message.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(message.split("\r\n"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(998).doesNotStartWith("."));
    }

    @Test
    void the_same_number_gives_the_same_message_and_another_number_another_text() {
        assertThat(message(7, 2048)).isEqualTo(message(7, 2048));
        assertThat(body(message(7, 2048))).isNotEqualTo(body(message(8, 2048)));
    }

    private static byte[] message(int number, int size) {
        return LoadText.message(ENVELOPE, "s1." + number + "@client.example", number, size);
    }

    private static String body(byte[] message) {
        String text = new String(message, US_ASCII);
        return text.substring(text.indexOf("\r\n\r\n"));
    }
}
