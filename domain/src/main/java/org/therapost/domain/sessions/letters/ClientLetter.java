package org.therapost.domain.sessions.letters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.WindowKind;

/**
 * A neutral letter to a client, from the thread's address. It quotes nothing, does not say that anybody has
 * read or will read anything, and does not say what the thread is for.
 */
public sealed interface ClientLetter {

    /** The client's mail is held until the agreed time. */
    record Held(Instant arrived, Instant passedOn) implements ClientLetter {}

    /** Their mail was delivered, outside the times that were agreed. */
    record Delivered(Instant arrived, Optional<Next> next) implements ClientLetter {

        /** The next agreed time: an appointment, or hours in which an answer can be expected, by their end. */
        public record Next(WindowKind kind, TimeSpan span) {}
    }

    /**
     * The client's mail was not passed on.
     *
     * @param arrived of each mail that is not passed on since the notice before
     */
    record Returned(List<Instant> arrived, Optional<Instant> nextOpen) implements ClientLetter {

        public Returned {
            arrived = List.copyOf(arrived);
        }
    }

    /** The release of held mail moves to another time; empty if it was released now. */
    record Moved(Optional<Instant> passedOn) implements ClientLetter {}

    /** The therapist opened a window that nobody had agreed on before. */
    record OpenedNow(Instant closes) implements ClientLetter {}

    /** The end of the time that is running was moved. */
    record Extended(Instant closes) implements ClientLetter {}

    /** A window was disturbed by a fault of the server. */
    record Disturbed(Instant planned, Disturbance how) implements ClientLetter {}

    /** What a fault of the server did to a window. */
    enum Disturbance {
        BEGAN_LATE,
        DID_NOT_TAKE_PLACE
    }

    /** The clocks change: their local time of the next sessions. */
    record ClocksChange(Instant first) implements ClientLetter {}

    /** The receipt, one for each cycle. */
    record Receipt(Instant arrived, Instant replyBy, For cycle) implements ClientLetter {

        /** Which answer the client's message will get. */
        public enum For {
            /** The one that is due next. */
            THIS_CYCLE,
            /** The one after that: it came after the cut-off. */
            NEXT_CYCLE
        }
    }

    /** The answer is late; a new date is set. */
    record Delayed(Instant replyBy) implements ClientLetter {}

    /** The hint that mail for the thread came from another mailbox. It goes to the enrolled mailbox only. */
    record OtherMailbox(Instant arrived) implements ClientLetter {}

    /**
     * The first letter about an event.
     *
     * @param asks whether an answer is asked for: to an appointment, and not to hours
     */
    record Invitation(Series series, List<Instant> upcoming, boolean asks) implements ClientLetter {

        public Invitation {
            upcoming = List.copyOf(upcoming);
        }
    }

    /**
     * The changes of an event that the client knows.
     *
     * @param upcoming the next dates, as they are now
     * @param asks as in {@link Invitation}
     */
    record Change(Series series, Differences differences, List<Instant> upcoming, boolean asks)
            implements ClientLetter {

        public Change {
            upcoming = List.copyOf(upcoming);
        }

        public List<Shift> moved() {
            return differences.moved();
        }

        public List<Instant> cancelled() {
            return differences.cancelled();
        }

        public List<Instant> added() {
            return differences.added();
        }

        public Rest rest() {
            return differences.rest();
        }
    }

    /**
     * What is no more as the client knew it.
     *
     * @param moved dates that are at another time now
     * @param cancelled dates that are no more
     * @param added dates that they did not know
     * @param rest what of the other dates
     */
    record Differences(List<Shift> moved, List<Instant> cancelled, List<Instant> added, Rest rest) {

        /** No date is named: all are others now. */
        public static final Differences ALL_ANEW = new Differences(List.of(), List.of(), List.of(), Rest.ANEW);

        public Differences {
            moved = List.copyOf(moved);
            cancelled = List.copyOf(cancelled);
            added = List.copyOf(added);
        }
    }

    /** A date that moved. */
    record Shift(TimeSpan from, TimeSpan to) {}

    /** What becomes of the dates that a change does not name. */
    enum Rest {
        /** There are none. */
        NONE,
        /** They stay. */
        STAY,
        /** The dates are others now. */
        ANEW,
        /** Those after the cancelled one are cancelled as well. */
        CANCELLED
    }

    /**
     * A cancellation of the whole event or of one instance.
     *
     * @param sequence of the cancellation: above that of all that the client was sent (RFC 5546 section
     *     3.2.5)
     */
    record Cancellation(Series series, Optional<WindowKey> instance, int sequence, Instant opensAt)
            implements ClientLetter {}
}
