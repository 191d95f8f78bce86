package org.therapost.domain.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Messages that are kept for a second look. */
class OpenedMessageCacheTest {

    private static final int SIZE = 100;

    private final OpenedMessageCache memory = new OpenedMessageCache(10 * SIZE);
    private final OpenedMessageCache.Desk bloom = memory.desk();
    private final OpenedMessageCache.Desk klee = memory.desk();

    @Test
    void a_message_is_found_by_the_reader_who_kept_it_and_by_nobody_else() {
        MailContent letter = letter();
        bloom.keep("letter", letter);
        assertThat(bloom.find("letter")).containsSame(letter);
        assertThat(klee.find("letter")).isEmpty();
    }

    @Test
    void what_nobody_has_looked_at_for_longest_goes_first_whosever_it_is() {
        klee.keep("hers", letter());
        for (int i = 1; i < 10; i++) {
            bloom.keep(i, letter());
        }
        assertThat(klee.find("hers")).isPresent();
        bloom.keep(10, letter());
        assertThat(bloom.find(1)).isEmpty();
        assertThat(klee.find("hers")).isPresent();
        assertThat(memory.octets()).isEqualTo(10 * SIZE);
    }

    @Test
    void a_message_larger_than_the_memory_is_not_kept_and_pushes_nothing_out() {
        bloom.keep("small", letter());
        bloom.keep("large", MailContent.of(new byte[11 * SIZE]));
        assertThat(bloom.find("large")).isEmpty();
        assertThat(bloom.find("small")).isPresent();
    }

    @Test
    void with_the_reader_goes_what_was_kept_and_its_octets_are_wiped() {
        MailContent letter = letter();
        MailContent other = letter();
        bloom.keep("letter", letter);
        klee.keep("letter", other);
        bloom.close();
        assertThat(letter.octets()).containsOnly(0);
        assertThat(other.octets()).containsOnly('x');
        assertThat(memory.octets()).isEqualTo(SIZE);
        bloom.keep("late", letter());
        assertThat(bloom.find("late")).isEmpty();
    }

    private static MailContent letter() {
        byte[] octets = new byte[SIZE];
        Arrays.fill(octets, (byte) 'x');
        return MailContent.of(octets);
    }
}
