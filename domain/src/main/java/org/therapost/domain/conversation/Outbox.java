package org.therapost.domain.conversation;

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
     * The client's mail server has taken a parcel: it is gone from the queue, and of a letter of ours it is remembered when
     * ({@link Parcel.Kind}), in one transaction.
     *
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean delivered(ParcelHold hold) throws CannotTellException;

    /**
     * Puts a parcel off. Later parcels to the client by the same carriage do not go before it, unless it is set aside.
     *
     * @param notices that the therapist gets of it
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean putOff(ParcelHold hold, Postponement postponement, List<Filing> notices) throws CannotTellException;

    /**
     * Ends the way of a parcel that will not arrive.
     *
     * @param notices that the therapist gets of it
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean giveUp(ParcelHold hold, List<Filing> notices) throws CannotTellException;

    /** Parcels that do not open any more and of which nobody was told; no more than a hundred. */
    List<Damaged> damaged() throws CannotTellException;

    /**
     * Files what the therapist is told of a damaged parcel, unless that was done before.
     *
     * @return whether it was filed now
     */
    boolean tellDamaged(ParcelId parcel, List<Filing> notices) throws CannotTellException;

    /** A parcel that does not open any more. */
    record Damaged(ParcelId parcel, ThreadId thread) {}
}
