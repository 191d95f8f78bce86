package org.therapost.domain.carriage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.ParcelId;

/**
 * When a parcel that was put off is tried again, and when it is set aside (docs/sessions.md section 9).
 *
 * @param openSince since when a window of its thread is open; empty if none is
 */
record RetrySchedule(Optional<Instant> openSince) {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(3);

    // The next attempt is to follow within 30 s, the queue looks once a second, and a quarter more is jitter.
    private static final Duration LIVE_PAUSE = Duration.ofSeconds(20);
    private static final Duration LIVE_HASTE = Duration.ofMinutes(10);

    private static final Duration LIVE_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int JITTER_STEPS = 256;

    /**
     * The pause before the next attempt. Outside every window the pause is as long as the parcel has been
     * on its way, from one minute to three hours. In an open window it is some seconds for ten minutes,
     * then 1, 2, 4 ... minutes. If the parcel would be set aside before the pause is over, it is tried at
     * that instant.
     *
     * @param ofItself whether it was put off for its own sake
     */
    Duration pause(LeasedParcel held, boolean ofItself) {
        Duration pause = jittered(held.parcel().id(), base(held));
        Duration left = left(held, ofItself);
        return left.compareTo(Duration.ZERO) > 0 && left.compareTo(pause) < 0 ? left : pause;
    }

    /** Whether later mail may go before a parcel that was deferred for its own sake once more. */
    boolean setsAside(LeasedParcel held) {
        return held.delays()
                .ofItselfSince()
                .filter(since -> !since.plus(patience()).isAfter(held.takenAt()))
                .isPresent();
    }

    private Duration patience() {
        return openSince.isPresent() ? LIVE_PATIENCE : PATIENCE;
    }

    private Duration base(LeasedParcel held) {
        if (openSince.isEmpty()) {
            return within(FIRST_PAUSE, held.onItsWay());
        }
        Duration troubled = troubled(held);
        return troubled.compareTo(LIVE_HASTE) < 0
                ? LIVE_PAUSE
                // 1 minute in the tenth, so 2 in the eleventh, 4 in the thirteenth: each as long as all before and 1.
                : within(FIRST_PAUSE, troubled.minus(LIVE_HASTE).plus(FIRST_PAUSE));
    }

    /** For how long it has been deferred in the window. */
    private Duration troubled(LeasedParcel held) {
        Instant first = held.delays().deferredSince().orElse(held.takenAt());
        Instant from = openSince.filter(first::isBefore).orElse(first);
        Duration troubled = Duration.between(from, held.takenAt());
        return troubled.isNegative() ? Duration.ZERO : troubled;
    }

    /** What is left of our patience; nothing or less if it is over. */
    private Duration left(LeasedParcel held, boolean ofItself) {
        if (ofItself) {
            Instant since = held.delays().ofItselfSince().orElse(held.takenAt());
            return Duration.between(held.takenAt(), since.plus(patience()));
        }
        // For more than two minutes: then the therapist is told, whom nobody tells between attempts.
        return openSince.isPresent() ? LIVE_PATIENCE.plusSeconds(1).minus(troubled(held)) : Duration.ZERO;
    }

    private static Duration within(Duration least, Duration pause) {
        return pause.compareTo(least) < 0 ? least : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Up to a quarter more: parcels that were deferred together, because a server was away, are not tried
     * at the same moment.
     */
    private static Duration jittered(ParcelId id, Duration pause) {
        // Ids are random, so their octets are as good as dice, and tests can know how they fall.
        long dice = Math.floorMod(id.value().getLeastSignificantBits(), JITTER_STEPS);
        return pause.plus(pause.multipliedBy(dice).dividedBy(4L * JITTER_STEPS));
    }
}
