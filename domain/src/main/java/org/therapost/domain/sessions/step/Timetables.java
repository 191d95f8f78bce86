package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
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
        return change(List.of(new Change(initial, List.of(), decision)));
    }

    /**
     * Makes one step in one transaction, as {@link #change(Timetable, Decision)} does. If the mail that causes it is in the
     * record, its sender hands it over again: nothing is changed.
     *
     * @param mail the names of the messages that the mail becomes
     * @return what was filed; if it was handed over again, those of the names that are in the record
     */
    default List<FiledMessage> change(Timetable initial, List<MessageId> mail, Decision decision)
            throws RefusedException, CannotTellException {
        return change(List.of(new Change(initial, mail, decision)));
    }

    /** Makes one step in each of several threads, all in one transaction; one mail is filed in all of them, or in none. */
    List<FiledMessage> change(List<Change> changes) throws RefusedException, CannotTellException;

    /**
     * A step to be made in one thread.
     *
     * @param mail the names of the messages that the mail which causes it becomes
     */
    record Change(Timetable initial, List<MessageId> mail, Decision decision) {

        public Change {
            mail = List.copyOf(mail);
        }
    }

    /** Decides on one step. It may be asked again, if the transaction has to be repeated. */
    interface Decision {

        /** @param now the database's time: the acceptance instant of what is filed */
        Work decide(Timetable timetable, Instant now) throws RefusedException, CannotTellException;
    }

    /**
     * A step with its filings and parcels.
     *
     * @param thread whose step it is
     */
    record Work(ClientThread thread, Step step, Filings filings, Posts posts) {}

    /**
     * What a step files.
     *
     * @param visible shown at once
     * @param held not visible until a step releases them
     * @param holding the note that says how much is held; it takes the place of the one before
     */
    record Filings(List<Filing> visible, List<Filing> held, Optional<Filing> holding) {

        public static final Filings NONE = new Filings(List.of(), List.of(), Optional.empty());

        public Filings {
            visible = List.copyOf(visible);
            held = List.copyOf(held);
        }

        /** All that is shown at once. */
        public static Filings visible(Filing... filings) {
            return new Filings(List.of(filings), List.of(), Optional.empty());
        }
    }

    /**
     * What a step posts.
     *
     * @param parcels at once
     * @param atOpen by the step that has {@link Effect.PostWaitingForOpen} among its effects
     * @param letters of ours about events, at once after what is to be withdrawn was
     */
    record Posts(List<Parcel> parcels, List<Parcel> atOpen, List<Letter> letters) {

        public static final Posts NONE = new Posts(List.of(), List.of(), List.of());

        public Posts {
            parcels = List.copyOf(parcels);
            atOpen = List.copyOf(atOpen);
            letters = List.copyOf(letters);
        }
    }

    /**
     * A letter about an event. A newer one replaces it while it has not left.
     *
     * @param uid of the event
     */
    record Letter(Parcel parcel, String uid, Timetable.EventLetter letter) {}
}
