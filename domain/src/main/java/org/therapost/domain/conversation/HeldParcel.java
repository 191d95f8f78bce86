package org.therapost.domain.conversation;

import java.time.Duration;
import java.time.Instant;

/**
 * A parcel in the hands of a delivery attempt. Both instants are the database's, so that a node whose clock is wrong neither
 * gives up too early nor tries for ever.
 *
 * @param postedAt when it was posted
 * @param takenAt when this attempt began
 * @param told whether the therapist has heard already that it is late
 */
public record HeldParcel(Parcel parcel, ParcelHold hold, Instant postedAt, Instant takenAt, boolean told) {

    /** How long it has been on its way; never negative, also when the database's clock was set back. */
    public Duration onItsWay() {
        Duration since = Duration.between(postedAt, takenAt);
        return since.isNegative() ? Duration.ZERO : since;
    }
}
