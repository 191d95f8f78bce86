package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.model.Timetable;

/** Keeps the timetables of all threads, and wakes each when its time has come. */
public interface Timetables {

    /** A thread's timetable as it is; empty if nothing was ever agreed for the thread. */
    Optional<Timetable> find(ThreadId thread) throws CannotTellException;

    /**
     * Makes one step in one transaction: locks and reads the timetable, asks for the step, stores the
     * result, files, releases and erases messages, queues parcels, and sets the next wake-up. On return all
     * of it is durable, or nothing.
     *
     * @param initial the timetable of a thread for which nothing was ever agreed; it is stored only if the
     *     step changes it
     * @return what was filed, one for each filing, in order, visible before held; each accepted at the
     *     instant that was decided on
     */
    default List<FiledMessage> change(Timetable initial, Decision decision)
            throws RefusedException, CannotTellException {
        return change(List.of(new Change(initial, decision)));
    }

    /**
     * Makes one step in each of several threads, all in one transaction.
     *
     * @throws org.therapost.domain.conversation.AlreadyFiledException if one of the filings has the name of a message in the
     *     record
     */
    List<FiledMessage> change(List<Change> changes) throws RefusedException, CannotTellException;

    /** A step to be made in one thread. */
    record Change(Timetable initial, Decision decision) {}

    /** Decides on one step. It may be asked again, if the transaction has to be repeated. */
    interface Decision {

        /** @param now the database's time: the acceptance instant of what is filed */
        Work decide(Timetable timetable, Instant now) throws RefusedException, CannotTellException;
    }

    /**
     * A step with its filings and parcels.
     *
     * @param thread whose step it is
     * @param filings visible at once
     * @param held not visible until a step releases them
     * @param parcels posted at once
     * @param atOpen posted by the step that has {@link Effect.PostWaitingForOpen} among its effects
     * @param letters of ours about events, posted at once after what is to be withdrawn was
     * @param holding the note that says how much is held; it takes the place of the one before
     */
    record Work(
            ClientThread thread,
            Step step,
            List<Filing> filings,
            List<Filing> held,
            List<Parcel> parcels,
            List<Parcel> atOpen,
            List<Letter> letters,
            Optional<Filing> holding) {

        public Work {
            letters = List.copyOf(letters);
            filings = List.copyOf(filings);
            held = List.copyOf(held);
            parcels = List.copyOf(parcels);
            atOpen = List.copyOf(atOpen);
        }
    }

    /**
     * A letter about an event. A newer one replaces it while it has not left.
     *
     * @param uid of the event
     * @param invitation whether it is the first that the client hears of the event
     */
    record Letter(Parcel parcel, String uid, boolean invitation) {}
}
