package org.therapost.domain.carriage;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.journeys.AdvanceSessions;

/** Makes waiting parcels ready when a key or a consent was recorded, in the order in which they were written. */
public final class ReleaseWaiting {

    private final Directory directory;
    private final Sealer sealer;
    private final Composer composer;
    private final Threads threads;
    private final AdvanceSessions sessions;

    public ReleaseWaiting(
            Directory directory, Sealer sealer, Composer composer, Threads threads, AdvanceSessions sessions) {
        this.directory = directory;
        this.sealer = sealer;
        this.composer = composer;
        this.threads = threads;
        this.sessions = sessions;
    }

    /** Does so if any parcel of a thread waits; costs one look if none does. */
    public void releaseIfAny(ThreadId id) throws RefusedException, CannotTellException {
        if (!threads.waiting(id).isEmpty()) {
            release(id);
        }
    }

    /**
     * Makes all waiting parcels of a thread ready, if there is a carriage for them now.
     *
     * @return how many
     */
    public int release(ThreadId id) throws RefusedException, CannotTellException {
        ClientThread thread = directory.thread(id);
        Carriage carriage = Carriage.to(thread.client(), sealer);
        if (carriage == Carriage.WAIT) {
            return 0;
        }
        int released = 0;
        for (ParcelId waiting : threads.waiting(id)) {
            Optional<Parcel> parcel = threads.parcel(waiting);
            if (parcel.isPresent()) {
                threads.release(parcel.get()
                        .ready(
                                carriage,
                                thread.client().address(),
                                composer.answer(thread, parcel.get().content(), carriage)));
                released++;
            }
        }
        // Letters about agreed times were not written while there was no carriage. The next step writes
        // those that are still true.
        sessions.advance(id);
        return released;
    }
}
