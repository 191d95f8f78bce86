package org.therapost.domain.sessions.journeys;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Timetables;

/** Time has passed: what it has made due in a thread happens, once, however often and by whomever it is asked. */
public final class AdvanceSessions {

    private final Timetables timetables;
    private final Directory directory;
    private final Sessions sessions;
    private final LetterDispatch letterDispatch;

    public AdvanceSessions(
            Timetables timetables, Directory directory, Sessions sessions, LetterDispatch letterDispatch) {
        this.timetables = timetables;
        this.directory = directory;
        this.sessions = sessions;
        this.letterDispatch = letterDispatch;
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
                (timetable, now) -> letterDispatch.work(
                        thread,
                        sessions.advance(letterDispatch.seen(thread, timetable), now),
                        LetterDispatch.Mail.NONE,
                        now));
    }
}
