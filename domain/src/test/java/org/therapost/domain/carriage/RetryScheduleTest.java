package org.therapost.domain.carriage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;

/** docs/sessions.md section 9. */
class RetryScheduleTest {

    private static final Instant OPENED = Instant.parse("2026-12-01T18:00:00Z");

    private static LeasedParcel held(
            long id, Instant posted, Instant taken, Optional<Instant> deferred, Optional<Instant> own) {
        ParcelId parcel = new ParcelId(new UUID(1, 0x8000_0000_0000_0000L | id));
        return new LeasedParcel(
                new Parcel(
                        parcel,
                        new ThreadId(UUID.randomUUID()),
                        new Parcel.Route(Carriage.TLS, EmailAddress.of("k7m2qx@practice.example"), House.ALICE),
                        House.mail("Subject: x\n\nwords\n")),
                new ParcelLease(parcel, UUID.randomUUID()),
                posted,
                taken,
                new LeasedParcel.Delays(deferred, own, false, false, false));
    }

    @Property
    void in_an_open_window_the_next_attempt_follows_within_half_a_minute_for_ten_minutes(
            @ForAll @IntRange(max = 599) int sinceOpen,
            @ForAll @IntRange(max = 86_400) int deferredBefore,
            @ForAll boolean ofItself,
            @ForAll @IntRange(max = 255) int id) {
        Instant now = OPENED.plusSeconds(sinceOpen);
        Instant deferred = now.minusSeconds(deferredBefore);
        Duration pause = new RetrySchedule(Optional.of(OPENED))
                .pause(held(id, deferred.minusSeconds(60), now, Optional.of(deferred), Optional.empty()), ofItself);
        assertThat(pause).isPositive().isLessThan(Duration.ofSeconds(29));
    }

    @Test
    void after_ten_minutes_it_follows_after_one_and_two_and_four_minutes() {
        Instant now = OPENED.plus(Duration.ofMinutes(10));
        for (int minutes : new int[] {1, 2, 4, 8}) {
            Duration pause = new RetrySchedule(Optional.of(OPENED))
                    .pause(held(0, OPENED, now, Optional.of(OPENED), Optional.empty()), false);
            assertThat(pause).isEqualTo(Duration.ofMinutes(minutes));
            now = now.plus(pause);
        }
    }

    @Property
    void what_is_deferred_for_its_own_sake_is_tried_at_the_end_of_our_patience_and_not_set_aside_before(
            @ForAll @IntRange(max = 255) int id, @ForAll boolean open) {
        RetrySchedule retrySchedule =
                new RetrySchedule(open ? Optional.of(OPENED.minusSeconds(3600)) : Optional.empty());
        Duration patience = open ? Duration.ofMinutes(2) : Duration.ofHours(1);
        Instant now = OPENED;
        LeasedParcel held = held(id, OPENED, now, Optional.empty(), Optional.empty());
        while (!retrySchedule.setsAside(held)) {
            assertThat(Duration.between(OPENED, now)).isLessThan(patience);
            now = now.plus(retrySchedule.pause(held, true));
            held = held(id, OPENED, now, Optional.of(OPENED), Optional.of(OPENED));
        }
        assertThat(Duration.between(OPENED, now)).isEqualTo(patience);
    }
}
