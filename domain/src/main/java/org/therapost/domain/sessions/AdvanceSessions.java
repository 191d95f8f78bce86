package org.therapost.domain.sessions;

import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.ThreadId;

/** Time has passed: what it has made due in a thread happens, once, however often and by whomever it is asked. */
public final class AdvanceSessions {

    private final Timetables timetables;
    private final Directory directory;
    private final Sessions sessions;
    private final Messenger messenger;

    public AdvanceSessions(Timetables timetables, Directory directory, Sessions sessions, Messenger messenger) {
        this.timetables = timetables;
        this.directory = directory;
        this.sessions = sessions;
        this.messenger = messenger;
    }

    /** Makes happen what is due now by the database's clock. */
    public void advance(ThreadId id) throws RefusedException, CannotTellException {
        Optional<Timetable> known = timetables.find(id);
        if (known.isEmpty()) {
            return;
        }
        ClientThread thread = directory.thread(id);
        timetables.change(
                known.get(),
                (timetable, now) -> messenger.work(
                        thread, sessions.advance(messenger.seen(thread, timetable), now), Messenger.Mail.NONE, now));
    }
}
