package org.therapost.domain.conversation;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;

/** The record of all threads. It takes sealed messages only. */
public interface Threads {

    /**
     * Files messages and posts parcels in one transaction: on return all of them are durable, or none. If one of the
     * filings has the id of a message in the record, its sender hands it over again
     * ({@link org.therapost.domain.conversation.identifiers.StableMessageIds}): nothing is changed.
     *
     * @return one for each filing, in order; those in the record if it was handed over again
     * @throws CannotTellException if the database did not confirm the commit
     */
    List<FiledMessage> file(List<Filing> filings, List<Parcel> parcels) throws CannotTellException;

    /**
     * Files messages as {@link #file} does, unless times are agreed for one of their threads. Then {@link
     * org.therapost.domain.sessions.step.Timetables} must decide first what becomes of client mail.
     *
     * @return empty if so; then nothing was filed
     */
    Optional<List<FiledMessage>> fileUntimed(List<Filing> filings) throws CannotTellException;

    /** The messages that have these ids, in order; unknown ids are left out. */
    List<FiledMessage> filed(List<MessageId> ids) throws CannotTellException;

    /** Parcels of a thread that wait for a key or a consent, oldest first. */
    List<ParcelId> waiting(ThreadId thread) throws CannotTellException;

    /** Decrypts a waiting parcel; empty if it does not wait any more. */
    Optional<Parcel> parcel(ParcelId id) throws CannotTellException;

    /** Replaces a waiting parcel by one that is ready to travel; does nothing if it does not wait any more. */
    void release(Parcel ready) throws CannotTellException;
}
