package org.therapost.domain.carriage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.Parcel;

/**
 * A parcel that a delivery attempt has leased. Both instants are the database's, so that a machine whose
 * clock is wrong neither gives up too early nor tries for ever.
 *
 * @param postedAt when it was posted
 * @param takenAt when this attempt began
 * @param serversWaitedSince when an attempt found for the first time that the client's domain names other exchangers than those
 *     that are pinned
 * @param delays what happened to it before this attempt
 */
public record LeasedParcel(
        Parcel parcel,
        ParcelLease hold,
        Instant postedAt,
        Instant takenAt,
        Delays delays,
        Optional<Instant> serversWaitedSince) {

    /** One that never waited for new servers. */
    public LeasedParcel(Parcel parcel, ParcelLease hold, Instant postedAt, Instant takenAt, Delays delays) {
        this(parcel, hold, postedAt, takenAt, delays, Optional.empty());
    }

    /**
     * What happened in earlier attempts.
     *
     * @param deferredSince when the client's mail server put it off for the first time
     * @param ofItselfSince when that was for the first time on account of this mail itself: at or after
     *     DATA
     * @param aside whether later mail to the client may go before it
     * @param toldLate whether the therapist has heard that it is late
     * @param toldAside whether the therapist has heard that later mail goes before it
     */
    public record Delays(
            Optional<Instant> deferredSince,
            Optional<Instant> ofItselfSince,
            boolean aside,
            boolean toldLate,
            boolean toldAside) {

        public static final Delays NONE = new Delays(Optional.empty(), Optional.empty(), false, false, false);
    }

    /** The same, as if it had been posted when it began to wait for new servers, whichever these are by now. */
    LeasedParcel waitingForServers() {
        return new LeasedParcel(parcel, hold, serversWaitedSince.orElse(takenAt), takenAt, delays, serversWaitedSince);
    }

    /** How long it has been on its way; never negative, also when the database's clock was set back. */
    public Duration onItsWay() {
        Duration since = Duration.between(postedAt, takenAt);
        return since.isNegative() ? Duration.ZERO : since;
    }
}
