package org.therapost.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.PasswordGuessLimit.Turn;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;

class BucketPasswordGuessLimitTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String HOME = "192.0.2.1";
    private static final String MALLORYS = "198.51.100.1";

    private final ManualClock clock = new ManualClock();
    private final BucketPasswordGuessLimit limit = new BucketPasswordGuessLimit(
            3, Duration.ofSeconds(10), Duration.ofSeconds(30), new ServerKey(ServerKey.generate()), clock);

    @Test
    void the_first_failures_are_free_and_the_next_waits() throws Exception {
        fail(DR_BLOOM, MALLORYS, 3);
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isEqualTo(Duration.ofSeconds(10));
        clock.forward(Duration.ofSeconds(10));
        fail(DR_BLOOM, MALLORYS, 1);
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void the_wait_grows_with_failures_and_shrinks_with_time() throws Exception {
        for (int i = 0; i < 10; i++) {
            clock.forward(Duration.ofSeconds(10));
            fail(DR_BLOOM, MALLORYS, 1);
        }
        clock.forward(Duration.ofSeconds(10));
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isBetween(Duration.ofSeconds(11), Duration.ofMinutes(1));
        clock.forward(Duration.ofDays(2));
        fail(DR_BLOOM, MALLORYS, 3);
    }

    @Test
    void what_would_wait_too_long_is_refused() throws Exception {
        BucketPasswordGuessLimit impatient = new BucketPasswordGuessLimit(
                1, Duration.ofSeconds(10), Duration.ofSeconds(5), new ServerKey(ServerKey.generate()), clock);
        impatient.begin(DR_BLOOM, InetAddress.getByName(MALLORYS), Turn.FIRST).wrong();
        assertThatThrownBy(() -> impatient.begin(DR_BLOOM, InetAddress.getByName(MALLORYS), Turn.FIRST))
                .isExactlyInstanceOf(CannotTellException.class);
        clock.forward(Duration.ofSeconds(6));
        assertThatThrownBy(() -> impatient.begin(DR_BLOOM, InetAddress.getByName(MALLORYS), Turn.FIRST))
                .isExactlyInstanceOf(TooManyGuessesException.class);
    }

    @Test
    void a_neighbour_shares_the_wait_and_another_network_does_not() throws Exception {
        fail(DR_BLOOM, MALLORYS, 3);
        assertThat(waitOf(DR_BLOOM, "198.51.100.77")).isPositive();
        assertThat(waitOf(DR_BLOOM.toUpperCase(java.util.Locale.ROOT), MALLORYS))
                .isPositive();
        right(DR_BLOOM, HOME);
        fail(DR_BLOOM, "2001:db8:0:1::1", 3);
        assertThat(waitOf(DR_BLOOM, "2001:db8:0:1:ffff::2")).isPositive();
        right(DR_BLOOM, "2001:db8:0:2::1");
    }

    @Test
    void a_right_password_forgets_what_was_counted_there() throws Exception {
        fail(DR_BLOOM, HOME, 2);
        right(DR_BLOOM, HOME);
        fail(DR_BLOOM, HOME, 3);
        clock.forward(Duration.ofSeconds(10));
        right(DR_BLOOM, HOME);
        for (int i = 0; i < 100; i++) {
            right(DR_BLOOM, HOME);
        }
    }

    @Test
    void guesses_that_are_being_made_count_as_wrong_ones() throws Exception {
        for (int i = 0; i < 3; i++) {
            limit.begin(DR_BLOOM, InetAddress.getByName(MALLORYS), Turn.FIRST);
        }
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isPositive();
    }

    @Test
    void who_comes_while_others_are_being_judged_waits_for_them_and_is_not_delayed() throws Exception {
        InetAddress home = InetAddress.getByName(HOME);
        List<PasswordGuessLimit.Guess> inWork = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inWork.add(limit.begin(DR_BLOOM, home, Turn.FIRST));
        }
        assertThatThrownBy(() -> limit.begin(DR_BLOOM, home, Turn.FIRST))
                .isInstanceOfSatisfying(TooManyGuessesException.class, early -> {
                    assertThat(early.isDelay()).isFalse();
                    assertThat(early.waiting()).isLessThan(Duration.ofSeconds(1));
                });
        inWork.forEach(PasswordGuessLimit.Guess::right);
        right(DR_BLOOM, HOME);
    }

    @Test
    void who_waited_for_others_that_were_wrong_is_delayed() throws Exception {
        InetAddress mallory = InetAddress.getByName(MALLORYS);
        List<PasswordGuessLimit.Guess> inWork = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inWork.add(limit.begin(DR_BLOOM, mallory, Turn.FIRST));
        }
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isLessThan(Duration.ofSeconds(1));
        inWork.forEach(PasswordGuessLimit.Guess::wrong);
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void one_right_guess_does_not_pay_for_those_still_in_work() throws Exception {
        InetAddress home = InetAddress.getByName(HOME);
        PasswordGuessLimit.Guess first = limit.begin(DR_BLOOM, home, Turn.FIRST);
        PasswordGuessLimit.Guess second = limit.begin(DR_BLOOM, home, Turn.FIRST);
        PasswordGuessLimit.Guess third = limit.begin(DR_BLOOM, home, Turn.FIRST);
        first.right();
        second.wrong();
        third.wrong();
        fail(DR_BLOOM, HOME, 1);
        assertThat(waitOf(DR_BLOOM, HOME)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void what_could_not_be_decided_does_not_count() throws Exception {
        for (int i = 0; i < 50; i++) {
            limit.begin(DR_BLOOM, InetAddress.getByName(HOME), Turn.FIRST).undecided();
        }
        right(DR_BLOOM, HOME);
    }

    @Test
    void one_password_tried_on_many_accounts_is_one_network() throws Exception {
        for (int i = 0; i < 30; i++) {
            fail("therapist" + i + "@practice.example", MALLORYS, 1);
        }
        assertThat(waitOf(DR_BLOOM, MALLORYS)).isPositive();
        right(DR_BLOOM, HOME);
    }

    @Test
    void many_networks_trying_one_account_delay_each_other_but_not_the_therapist_at_home() throws Exception {
        right(DR_BLOOM, HOME);
        for (int i = 0; i < 30; i++) {
            fail(DR_BLOOM, "203.0." + i + ".1", 1);
        }
        assertThat(waitOf(DR_BLOOM, "203.0.200.1")).isPositive();
        right(DR_BLOOM, HOME);
    }

    @Test
    void many_networks_never_lock_a_travelling_therapist_out() throws Exception {
        for (int i = 0; i < 250; i++) {
            InetAddress network = InetAddress.getByName("203." + i + ".0.1");
            clock.forward(Duration.ofSeconds(1));
            limit.begin(DR_BLOOM, network, Turn.AFTER_A_DELAY).wrong();
        }
        InetAddress hotel = InetAddress.getByName("192.0.2.200");
        assertThat(waitOf(DR_BLOOM, "192.0.2.200")).isBetween(Duration.ofNanos(1), Duration.ofSeconds(10));
        limit.begin(DR_BLOOM, hotel, Turn.AFTER_A_DELAY).right();
        right(DR_BLOOM, "192.0.2.200");
    }

    private void fail(String login, String from, int times) throws CannotTellException, UnknownHostException {
        for (int i = 0; i < times; i++) {
            limit.begin(login, InetAddress.getByName(from), Turn.FIRST).wrong();
        }
    }

    private void right(String login, String from) throws CannotTellException, UnknownHostException {
        limit.begin(login, InetAddress.getByName(from), Turn.FIRST).right();
    }

    private Duration waitOf(String login, String from) throws CannotTellException, UnknownHostException {
        try {
            limit.begin(login, InetAddress.getByName(from), Turn.FIRST).undecided();
            return Duration.ZERO;
        } catch (TooManyGuessesException early) {
            return early.waiting();
        }
    }

    private static final class ManualClock extends Clock {

        private Instant now = Instant.parse("2026-03-02T09:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("times are UTC");
        }
    }
}
