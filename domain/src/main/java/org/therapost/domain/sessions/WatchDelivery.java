package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.ThreadId;

/** The client's mail server puts mail off: while a session is running the therapist hears of it soon, and once. */
public final class WatchDelivery {

    private final Timetables timetables;
    private final Directory directory;
    private final Sessions sessions;
    private final Messenger messenger;

    public WatchDelivery(Timetables timetables, Directory directory, Sessions sessions, Messenger messenger) {
        this.timetables = timetables;
        this.directory = directory;
        this.sessions = sessions;
        this.messenger = messenger;
    }

    /**
     * A parcel was put off.
     *
     * @param posted when it was posted
     */
    public void putOff(ThreadId id, Instant posted) throws RefusedException, CannotTellException {
        Optional<Timetable> known = timetables.find(id);
        if (known.isEmpty()) {
            return;
        }
        ClientThread thread = directory.thread(id);
        timetables.change(
                known.get(),
                (timetable, now) ->
                        messenger.work(thread, sessions.deferred(timetable, posted, now), Messenger.Mail.NONE, now));
    }
}
