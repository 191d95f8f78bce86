package org.therapost.domain.clientkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.domain.clientkeys.PlainCertificates.certificate;
import static org.therapost.domain.clientkeys.PlainCertificates.name;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.clientkeys.ClientKeyRing.Outcome;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.CertificateIdentity;

/** Alice's keys, and what becomes of them. A certificate here is a name and what is signed in it: {@code laptop+expiry}. */
class ClientKeyRingTest {

    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Certificate LAPTOP = certificate("laptop");
    private static final Certificate PHONE = certificate("phone");
    private static final Certificate TABLET = certificate("tablet");

    private static final CertificateIdentity IDENTITY = new PlainCertificates();

    private ClientKeyRing ring = new ClientKeyRing(List.of(), IDENTITY);
    private Instant now = NOON;

    @Test
    void the_first_key_that_comes_with_her_mail_is_used_at_once_and_is_not_compared() {
        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.FIRST);

        assertThat(ring.usable(now)).hasValue(LAPTOP);
        assertThat(ring.status(now)).isEqualTo(ClientKeyStatus.NOT_COMPARED);
        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.NOTHING);
    }

    @Test
    void a_key_from_it_is_not_used_before_dr_bloom_has_compared_it() {
        assertThat(offered(LAPTOP, KeySource.OPERATOR)).isEqualTo(Outcome.WAITS);
        assertThat(ring.usable(now)).isEmpty();
        assertThat(ring.status(now.plus(Duration.ofDays(100)))).isEqualTo(ClientKeyStatus.PENDING);

        assertThat(confirmed("laptop")).isEqualTo(Outcome.CONFIRMED);

        assertThat(ring.usable(now)).hasValue(LAPTOP);
        assertThat(ring.status(now)).isEqualTo(ClientKeyStatus.COMPARED);
    }

    @ParameterizedTest
    @EnumSource
    void a_changed_key_waits_and_the_old_one_is_used_for_a_day_and_no_longer(KeySource source) {
        offered(LAPTOP, KeySource.MAIL);
        assertThat(offered(PHONE, source)).isEqualTo(Outcome.CHANGED);

        assertThat(ring.usable(now.plus(Duration.ofHours(24)).minusNanos(1))).hasValue(LAPTOP);
        assertThat(ring.usable(now.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(ring.status(now.plus(Duration.ofHours(24)))).isEqualTo(ClientKeyStatus.HELD_BACK);
    }

    @Test
    void key_after_key_does_not_make_the_day_longer() {
        offered(LAPTOP, KeySource.MAIL);
        offered(PHONE, KeySource.MAIL);
        now = now.plus(Duration.ofHours(23));
        assertThat(offered(TABLET, KeySource.OPERATOR)).isEqualTo(Outcome.CHANGED);
        assertThat(offered(PHONE, KeySource.MAIL)).isEqualTo(Outcome.CHANGED);

        assertThat(ring.usable(now.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void a_confirmed_key_takes_the_place_of_the_old_one_which_must_be_confirmed_to_come_back() {
        offered(LAPTOP, KeySource.MAIL);
        offered(PHONE, KeySource.MAIL);
        assertThat(confirmed("phone")).isEqualTo(Outcome.CONFIRMED);
        assertThat(ring.usable(now.plus(Duration.ofDays(9)))).hasValue(PHONE);

        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.CHANGED);
        assertThat(ring.usable(now)).hasValue(PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "tablet", ""})
    void the_words_of_another_key_confirm_nothing(String fingerprint) {
        offered(LAPTOP, KeySource.MAIL);
        offered(PHONE, KeySource.OPERATOR);

        assertThat(confirmed(fingerprint)).isEqualTo(Outcome.NOTHING);
        assertThat(ring.usable(now)).hasValue(LAPTOP);
    }

    @Test
    void a_refused_key_lets_the_old_one_be_used_again_and_does_not_come_back_with_each_mail() {
        offered(LAPTOP, KeySource.MAIL);
        offered(PHONE, KeySource.MAIL);
        now = now.plus(Duration.ofDays(3));
        assertThat(done(ring.refused())).isEqualTo(Outcome.REFUSED);

        assertThat(ring.usable(now)).hasValue(LAPTOP);
        assertThat(offered(PHONE, KeySource.MAIL)).isEqualTo(Outcome.NOTHING);
        assertThat(ring.status(now)).isEqualTo(ClientKeyStatus.NOT_COMPARED);
        assertThat(offered(PHONE, KeySource.OPERATOR)).isEqualTo(Outcome.CHANGED);
        assertThat(done(ring.refused("laptop"))).isEqualTo(Outcome.REFUSED);
        assertThat(ring.usable(now))
                .as("the one in use is refused by its words")
                .isEmpty();
        assertThat(done(ring.refused("tablet"))).isEqualTo(Outcome.NOTHING);
    }

    @Test
    void refusing_twice_does_not_refuse_the_old_one_too() {
        offered(LAPTOP, KeySource.MAIL);
        offered(PHONE, KeySource.MAIL);
        done(ring.refused());

        assertThat(done(ring.refused())).isEqualTo(Outcome.NOTHING);
        assertThat(ring.usable(now)).hasValue(LAPTOP);
    }

    @Test
    void her_own_mail_says_more_than_it_does() {
        offered(PHONE, KeySource.OPERATOR);
        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.FIRST);
        assertThat(ring.usable(now)).hasValue(LAPTOP);
        assertThat(ring.pending()).isEmpty();
    }

    @Test
    void the_key_from_it_that_comes_with_her_mail_too_is_the_first() {
        offered(LAPTOP, KeySource.OPERATOR);
        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.FIRST);
        assertThat(ring.inUse()).map(ClientKey::source).hasValue(KeySource.MAIL);
    }

    @Test
    void a_key_from_a_mailbox_that_it_added_waits_until_it_comes_from_where_the_first_may_come() {
        Outcome added = done(ring.offered(PHONE, KeySource.MAIL, ClientKeyRing.Standing.WAITS, now));
        assertThat(added).isEqualTo(Outcome.WAITS);
        assertThat(ring.usable(now)).isEmpty();
        assertThat(done(ring.offered(PHONE, KeySource.MAIL, ClientKeyRing.Standing.WAITS, now)))
                .isEqualTo(Outcome.NOTHING);

        assertThat(offered(PHONE, KeySource.MAIL)).isEqualTo(Outcome.FIRST);
    }

    @Test
    void what_it_takes_off_file_does_not_make_the_next_key_the_first() {
        offered(LAPTOP, KeySource.MAIL);
        assertThat(done(ring.removed())).isEqualTo(Outcome.REMOVED);
        assertThat(ring.usable(now)).isEmpty();

        assertThat(offered(PHONE, KeySource.MAIL)).isEqualTo(Outcome.WAITS);
        assertThat(offered(LAPTOP, KeySource.MAIL)).isEqualTo(Outcome.WAITS);
        assertThat(ring.usable(now)).isEmpty();
        assertThat(ring.status(now))
                .as("answers were encrypted before: no consent counts beside a key that waits")
                .isEqualTo(ClientKeyStatus.HELD_BACK);
    }

    @Test
    void the_use_of_keys_ends_when_the_last_one_is_removed_or_refused_and_not_when_another_takes_its_place() {
        offered(LAPTOP, KeySource.MAIL);
        List<ClientKey> before = ring.keys();
        offered(PHONE, KeySource.MAIL);

        assertThat(ClientKeyRing.endsUse(before, ring.removed().ring().keys())).isTrue();
        assertThat(ClientKeyRing.endsUse(before, ring.refused("laptop").ring().keys()))
                .isTrue();
        assertThat(ClientKeyRing.endsUse(before, ring.refused().ring().keys())).isFalse();
        assertThat(ClientKeyRing.endsUse(
                        before, ring.confirmed("phone", now).ring().keys()))
                .isFalse();
        assertThat(ClientKeyRing.endsUse(List.of(), ring.removed().ring().keys()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_new_in_a_known_key_counts_at_once(KeySource source) {
        offered(LAPTOP, KeySource.MAIL);
        confirmed("laptop");

        assertThat(offered(certificate("laptop+revoked"), source)).isEqualTo(Outcome.REFRESHED);
        assertThat(offered(LAPTOP, source))
                .as("an older copy takes nothing back")
                .isEqualTo(Outcome.NOTHING);

        assertThat(ring.usable(now)).hasValue(certificate("laptop+revoked"));
        assertThat(ring.status(now)).isEqualTo(ClientKeyStatus.COMPARED);
        assertThat(done(ring.refreshed(PHONE)))
                .as("what is not known is no copy")
                .isEqualTo(Outcome.NOTHING);
    }

    /** Whatever happens, in whatever order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void no_order_of_events_has_a_key_used_that_nobody_vouched_for_but_the_first(long seed) {
        Random random = new Random(seed);
        for (int life = 0; life < 100; life++) {
            new Life(random).live();
        }
    }

    /** One client's keys over some weeks, beside a plain account of who vouched for what. */
    private static final class Life {

        private final Random random;
        private ClientKeyRing ring = new ClientKeyRing(List.of(), IDENTITY);
        private Instant now = NOON;
        private final Set<String> vouched = new HashSet<>();
        private boolean everUsed;
        private Optional<Instant> contested = Optional.empty();

        Life(Random random) {
            this.random = random;
        }

        void live() {
            for (int event = 0; event < 40; event++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(36 * 60)));
                check();
                happen();
                check();
            }
        }

        private void happen() {
            Certificate any =
                    List.of(LAPTOP, PHONE, TABLET, certificate("phone+expiry")).get(random.nextInt(4));
            switch (random.nextInt(7)) {
                case 0, 1 -> mail(any);
                case 2 -> ring = ring.offered(any, KeySource.OPERATOR, now).ring();
                case 3 -> confirm(name(any));
                case 4 -> ring = ring.refused().ring();
                case 5 -> refuse(name(any));
                default -> ring = ring.removed().ring();
            }
            boolean contestedNow = ring.inUse().isPresent() && ring.pending().isPresent();
            contested = contestedNow ? contested.or(() -> Optional.of(now)) : Optional.empty();
        }

        private void mail(Certificate certificate) {
            ClientKeyRing.Result result = ring.offered(certificate, KeySource.MAIL, now);
            if (result.outcome() == Outcome.FIRST) {
                assertThat(everUsed).as("only one key is ever the first").isFalse();
                vouched.add(name(certificate));
            }
            ring = result.ring();
        }

        private void confirm(String name) {
            boolean asked =
                    ring.target().map(ring::fingerprint).filter(name::equals).isPresent();
            ClientKeyRing.Result result = ring.confirmed(name, now);
            assertThat(result.outcome() == Outcome.CONFIRMED).isEqualTo(asked);
            if (asked) {
                vouched.add(name);
            }
            ring = result.ring();
        }

        private void refuse(String name) {
            ClientKeyRing.Result result = ring.refused(name);
            if (result.outcome() == Outcome.REFUSED) {
                vouched.remove(name);
            }
            ring = result.ring();
        }

        private void check() {
            assertThat(ring.keys()).map(ring::fingerprint).doesNotHaveDuplicates();
            assertThat(ring.keys().stream().filter(key -> key.state() instanceof ClientKey.State.InUse))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(ring.keys().stream().filter(key -> key.state() instanceof ClientKey.State.Pending))
                    .hasSizeLessThanOrEqualTo(1);
            Optional<Certificate> usable = ring.usable(now);
            if (usable.isPresent()) {
                everUsed = true;
                assertThat(vouched).contains(name(usable.get()));
                assertThat(ring.pending().map(ring::fingerprint)).isNotEqualTo(usable.map(PlainCertificates::name));
                contested.ifPresent(since -> assertThat(Duration.between(since, now))
                        .as("an old key beside one that waits")
                        .isLessThan(ClientKeyRing.OLD_KEY_LASTS));
            }
        }
    }

    private Outcome offered(Certificate certificate, KeySource source) {
        return done(ring.offered(certificate, source, now));
    }

    private Outcome confirmed(String fingerprint) {
        return done(ring.confirmed(fingerprint, now));
    }

    private Outcome done(ClientKeyRing.Result result) {
        ring = result.ring();
        return result.outcome();
    }
}
