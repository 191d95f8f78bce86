package org.therapost.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reply in an operator's words is one line of SMTP and a no. */
class FilterRefusedExceptionTest {

    @Test
    void a_reply_is_read_and_one_that_says_nothing_is_a_plain_no() {
        assertThat(FilterRefusedException.Reply.of("452 4.7.1 Come again"))
                .isEqualTo(new FilterRefusedException.Reply(452, "4.7.1", "Come again"));
        assertThat(FilterRefusedException.Reply.of("")).isEqualTo(FilterRefusedException.Reply.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "250 2.0.0 Fine",
                "354 Go on",
                "421 4.0.0 Closing",
                "550 4.7.1 Mixed",
                "450 5.7.1 Mixed",
                "550 5.7.1 ",
                "550 5.7.1",
                "550 Not accepted",
                "Not accepted",
                "550 5.7.1 one\r\n250 2.0.0 two",
                "550 5.7.1 one\ntwo",
                "550 5.7.1 tab\there",
                "550 5.7.1 Gr\u00fc\u00dfe"
            })
    void what_is_no_refusal_or_more_than_a_line_is_none(String line) {
        assertThatThrownBy(() -> FilterRefusedException.Reply.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("550 5.7.1 Not accepted");
    }

    @Test
    void a_reply_that_is_too_long_for_a_line_is_none() {
        assertThatThrownBy(() -> FilterRefusedException.Reply.of("550 5.7.1 " + "x".repeat(500)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
