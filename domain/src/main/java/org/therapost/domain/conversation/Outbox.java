package org.therapost.domain.conversation;

import java.time.Duration;
import java.util.List;

/**
 * Parcels on their way, as the attempt that holds one may change it. Each change and the notices that belong to it are one
 * transaction, and it happens only while the hold is good.
 */
public interface Outbox {

    /**
     * Renews a hold, as the last thing before the other server is told that the message is complete.
     *
     * @return whether the parcel still was this attempt's
     */
    boolean renew(ParcelHold hold) throws CannotTellException;

    /**
     * Puts a parcel off, from now by the database's clock.
     *
     * @param notices that the therapist gets because it is late; if there are any, it counts as told
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean putOff(ParcelHold hold, Duration pause, List<Filing> notices) throws CannotTellException;

    /**
     * Ends the way of a parcel that will not arrive.
     *
     * @param notices that the therapist gets of it
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean giveUp(ParcelHold hold, List<Filing> notices) throws CannotTellException;
}
