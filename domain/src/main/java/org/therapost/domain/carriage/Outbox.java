package org.therapost.domain.carriage;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;

/**
 * Parcels on their way. An attempt may change the parcel that it has leased. Each change and the notes that
 * belong to it are one transaction, which does nothing if the lease was lost.
 */
public interface Outbox {

    /**
     * Renews a lease, as the last thing before the final dot of DATA.
     *
     * @return whether the parcel still was this attempt's
     */
    boolean renew(ParcelLease hold) throws CannotTellException;

    /**
     * Records that the client's mail server has accepted a parcel: deletes it from the queue and, if it is
     * a letter ({@link Parcel.Kind}), stores the instant, in one transaction.
     *
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean delivered(ParcelLease hold) throws CannotTellException;

    /**
     * Defers a parcel. Later parcels to the client by the same carriage do not go before it, unless it is
     * set aside.
     *
     * @param notices that the therapist gets of it
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean putOff(ParcelLease hold, Deferral deferral, List<Filing> notices) throws CannotTellException;

    /**
     * Gives up a parcel.
     *
     * @param notices that the therapist gets of it
     * @return whether the parcel still was this attempt's; if not, nothing happened
     */
    boolean giveUp(ParcelLease hold, List<Filing> notices) throws CannotTellException;

    /** Damaged parcels of which no therapist was told yet, at most a hundred. */
    List<Damaged> damaged() throws CannotTellException;

    /**
     * Files the note about a damaged parcel, unless it was filed before.
     *
     * @return whether it was filed now
     */
    boolean tellDamaged(ParcelId parcel, List<Filing> notices) throws CannotTellException;

    /** A parcel that cannot be decrypted any more. */
    record Damaged(ParcelId parcel, ThreadId thread) {}
}
