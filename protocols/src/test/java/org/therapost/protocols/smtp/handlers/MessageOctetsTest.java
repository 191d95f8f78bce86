package org.therapost.protocols.smtp.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.smtp.handlers.MessageOctets.State;

class MessageOctetsTest {

    private static final MessageLimit LIMIT = new MessageLimit(64 * 1024);

    @Test
    void lines_come_out_as_they_were_sent_without_dot_stuffing() {
        assertThat(collect("From: a\r\n\r\n..\r\n.. two\r\na.b\r\n.x\r\n.\r\n"))
                .isEqualTo("From: a\r\n\r\n.\r\n. two\r\na.b\r\nx\r\n");
    }

    @Test
    void chunks_and_single_lines_give_the_same_octets() {
        Random random = new Random(7);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append(random.nextBoolean() ? ".." : "")
                    .append("x".repeat(random.nextInt(60)))
                    .append("\r\n");
        }
        byte[] sent = (lines + ".\r\n").getBytes(StandardCharsets.US_ASCII);
        MessageOctets single = new MessageOctets(LIMIT, 0);
        int start = 0;
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] == '\n') {
                single.append(Arrays.copyOfRange(sent, start, i + 1));
                start = i + 1;
            }
        }
        assertThat(single.content().octets()).isEqualTo(collect(lines + ".\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void bare_line_ends_break_the_message() {
        for (String smuggled : new String[] {
            "a\n", "a\r\nb\n.\r\n", "a\r\n.\n", "a\r\r\n", "a\rb\r\n", "\n.\r\n", "\r", "a\r\n.\rMAIL FROM:<x>\r\n"
        }) {
            MessageOctets octets = new MessageOctets(LIMIT, 0);
            assertThat(octets.append(bytes(smuggled))).as(smuggled).isEqualTo(State.BROKEN);
        }
    }

    @Test
    void nothing_may_follow_the_end() {
        assertThat(new MessageOctets(LIMIT, 0).append(bytes("a\r\n.\r\nMAIL FROM:<x>\r\n")))
                .isEqualTo(State.BROKEN);
    }

    @Test
    void beyond_the_limit_lines_are_followed_but_not_kept() {
        MessageOctets octets = new MessageOctets(LIMIT, 1_000_000);
        byte[] line = bytes("y".repeat(998) + "\r\n");
        for (int i = 0; i < 100; i++) {
            assertThat(octets.append(line)).isEqualTo(State.OPEN);
        }
        assertThat(octets.append(bytes(".\r\n"))).isEqualTo(State.COMPLETE);
        assertThat(octets.tooLarge()).isTrue();
        assertThat(octets.toString()).doesNotContain("y");
    }

    @Test
    void a_message_of_exactly_the_limit_is_taken() {
        MessageOctets octets = new MessageOctets(LIMIT, 0);
        octets.append(bytes("z".repeat(64 * 1024 - 2) + "\r\n"));
        assertThat(octets.append(bytes(".\r\n"))).isEqualTo(State.COMPLETE);
        assertThat(octets.tooLarge()).isFalse();
        assertThat(octets.content().size()).isEqualTo(64 * 1024);
    }

    private static String collect(String sent) {
        MessageOctets octets = new MessageOctets(LIMIT, 0);
        assertThat(octets.append(bytes(sent))).isEqualTo(State.COMPLETE);
        return new String(octets.content().octets(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
