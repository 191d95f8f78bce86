package org.therapost.domain.clientkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonPhraseTest {

    private static final String THREADS = "0123456789abcdef0123456789abcdef01234567";
    private static final String ALICES = "89abcdef0123456789abcdef0123456789abcdef";

    private static final ComparisonPhrase PHRASE = ComparisonPhrase.of(THREADS, ALICES);

    @Test
    void the_same_two_keys_have_the_same_five_words_in_every_release() {
        assertThat(PHRASE.text()).isEqualTo("walrus antler basin biscuit birch");
    }

    @Test
    void other_keys_have_other_words() {
        assertThat(ComparisonPhrase.of(THREADS, THREADS)).isNotEqualTo(PHRASE);
        assertThat(ComparisonPhrase.of(ALICES, THREADS)).isNotEqualTo(PHRASE);
        assertThat(ComparisonPhrase.of(THREADS, "9" + ALICES.substring(1))).isNotEqualTo(PHRASE);
    }

    @Test
    void they_are_known_again_however_they_are_written() {
        String text = PHRASE.text();
        assertThat(PHRASE.isSaidBy(text)).isTrue();
        assertThat(PHRASE.isSaidBy(text.toUpperCase(java.util.Locale.ROOT))).isTrue();
        assertThat(PHRASE.isSaidBy(" " + text.replace(" ", ", ") + "!")).isTrue();
        assertThat(PHRASE.isSaidBy(text.replace(' ', '-'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "anchor", "anchor anchor anchor anchor anchor"})
    void other_words_are_not_these(String other) {
        assertThat(PHRASE.isSaidBy(other)).isFalse();
        assertThat(PHRASE.isSaidBy(PHRASE.text() + " " + other + "x")).isFalse();
        assertThat(PHRASE.isSaidBy(String.join(" ", PHRASE.words().subList(0, 4))))
                .isFalse();
    }

    @Test
    void the_list_has_512_words_in_order_that_can_be_said_and_told_apart() throws Exception {
        try (InputStream file = ComparisonPhrase.class.getResourceAsStream("words.txt")) {
            assertThat(file).isNotNull();
            List<String> words = new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            assertThat(words)
                    .hasSize(512)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .allMatch(word -> word.matches("[a-z]{3,12}"));
        }
    }
}
