package org.therapost.domain.carriage;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;

/** Parcels that left in the last ten days, found by what a report about one of them can name. */
public interface SentParcels {

    /** A parcel that left, or is leaving. */
    record Sent(ParcelId parcel, ThreadId thread) {}

    /** The parcel with this envelope sender ({@link BounceAddresses}). */
    Optional<Sent> byAddress(EmailAddress envelopeSender) throws CannotTellException;

    /** The parcel of a thread with this {@code Message-ID}. */
    Optional<Sent> byMessageId(ThreadId thread, String messageId) throws CannotTellException;

    /**
     * Files the note about a report, unless a report that says the same of this parcel was told before.
     * Both happen in one transaction.
     *
     * @return whether it was filed now
     */
    boolean report(ParcelId parcel, DeliveryReport.Outcome outcome, List<Filing> notices) throws CannotTellException;
}
