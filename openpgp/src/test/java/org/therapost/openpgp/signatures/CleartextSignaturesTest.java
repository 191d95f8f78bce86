package org.therapost.openpgp.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.openpgp.BouncyCastleKeys;

class CleartextSignaturesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T11:00:00Z"), ZoneOffset.UTC);
    private static final String TEXT = "one\ntwo\n";

    private final BouncyCastleKeys keys = new BouncyCastleKeys(CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final CleartextSignatures signatures = new CleartextSignatures(CLOCK);
    private final String signed = CleartextSignatures.sign(bloom.secret(), TEXT, CLOCK.instant());

    @Test
    void what_was_signed_is_the_text_and_of_no_other_key() {
        assertThat(signatures.verified(signed, bloom.certificate())).contains(TEXT);
        assertThat(signatures.verified(signed.replace("\n", "\r\n"), bloom.certificate()))
                .contains(TEXT);
        NewKey mallory = keys.generate("Mallory <mallory@mailbox.invalid>");
        assertThat(signatures.verified(signed, mallory.certificate())).isEmpty();
        assertThat(signatures.verified(signed.replace("two", "three"), bloom.certificate()))
                .isEmpty();
        assertThat(signatures.unverified(signed.replace("two", "three"))).contains("one\nthree\n");
        assertThat(signatures.verified("nothing", bloom.certificate())).isEmpty();
    }

    @Test
    void all_are_found_in_a_file_as_a_mail_was_saved_or_not() {
        // The checksum and the padding of each are other ones.
        for (int i = 0; i < 50; i++) {
            String one = CleartextSignatures.sign(
                    bloom.secret(), "line " + i + "\n", CLOCK.instant().plusSeconds(i));
            assertThat(signatures.find("Dear operator,\n\n" + one + "\n\n" + one + "bye"))
                    .containsExactly(one.stripTrailing(), one.stripTrailing());
            assertThat(signatures.find(one.replace("=", "=3D")))
                    .as(one)
                    .singleElement()
                    .satisfies(found -> assertThat(signatures.verified(found, bloom.certificate()))
                            .isPresent());
        }
        assertThat(signatures.find("nothing")).isEmpty();
    }

    @Test
    void one_that_was_torn_off_takes_nothing_of_the_next_one_with_it() {
        String one = CleartextSignatures.sign(bloom.secret(), "whole\n", CLOCK.instant());
        for (int end : new int[] {20, 60, one.length() / 2, one.length() - 20}) {
            assertThat(signatures.find(one.substring(0, end) + "\n" + one))
                    .as(end + " octets")
                    .containsExactly(one.stripTrailing());
        }
    }

    @Test
    void a_text_that_would_not_stay_as_it_is_is_not_signed() {
        assertThatThrownBy(() -> CleartextSignatures.sign(bloom.secret(), "- dash\n", CLOCK.instant()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CleartextSignatures.sign(bloom.secret(), "space \n", CLOCK.instant()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
