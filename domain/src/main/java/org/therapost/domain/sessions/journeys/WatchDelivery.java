package org.therapost.domain.sessions.journeys;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiFunction;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.Timetables;

/**
 * Watches deliveries as far as agreed times depend on them. While a window is open, the therapist is told
 * soon, and once, that mail is deferred.
 */
public final class WatchDelivery {

    private final Timetables timetables;
    private final Directory directory;
    private final Sessions sessions;
    private final LetterDispatch letterDispatch;

    public WatchDelivery(Timetables timetables, Directory directory, Sessions sessions, LetterDispatch letterDispatch) {
        this.timetables = timetables;
        this.directory = directory;
        this.sessions = sessions;
        this.letterDispatch = letterDispatch;
    }

    /** Since when a window of a thread is open; empty if none is. */
    public Optional<Instant> openSince(ThreadId id) throws CannotTellException {
        return timetables.find(id).flatMap(timetable -> timetable.windows().stream()
                .filter(window -> window.state() == WindowState.OPEN)
                .map(window -> window.openedAt().orElse(window.opensAt()))
                .min(Comparator.naturalOrder()));
    }

    /**
     * The client's mail server defers all mail at the moment.
     *
     * @param since when it put off for the first time what it was offered
     */
    public void putOff(ThreadId id, Instant since) throws RefusedException, CannotTellException {
        step(id, (timetable, now) -> sessions.deferred(timetable, since, now));
    }

    /**
     * The client's mail server has accepted a letter. After a crash this may be called twice for one
     * letter.
     *
     * @param letter the parcel in which it travelled
     */
    public void delivered(ThreadId id, ParcelId letter) throws RefusedException, CannotTellException {
        step(id, (timetable, now) -> sessions.delivered(timetable, letter, now));
    }

    private void step(ThreadId id, BiFunction<Timetable, Instant, Step> event)
            throws RefusedException, CannotTellException {
        Optional<Timetable> known = timetables.find(id);
        if (known.isEmpty()) {
            return;
        }
        ClientThread thread = directory.thread(id);
        timetables.change(
                known.get(),
                (timetable, now) -> letterDispatch.work(
                        thread,
                        event.apply(letterDispatch.seen(thread, timetable), now),
                        LetterDispatch.Mail.NONE,
                        now));
    }
}
