package org.therapost.domain.conversation;

import java.util.Optional;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.AdvanceSessions;

/** A key or a consent was recorded: what waited for it is made ready and posted, in the order in which it was written. */
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

    /**
     * Posts all waiting parcels of a thread, if there is a way for them now.
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
        // Letters about agreed times were not written before: they are now, if they are still true.
        sessions.advance(id);
        return released;
    }
}
