package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A neutral word of ours to a client, from the thread's address. It quotes nothing, claims nothing of anybody's reading,
 * and says nothing of what the thread is for.
 */
public sealed interface ClientNotice {

    /** Their mail is kept until the agreed time. */
    record Held(Instant arrived, Instant passedOn) implements ClientNotice {}

    /** Their mail was delivered, outside the times that were agreed. */
    record Delivered(Instant arrived, Optional<Next> next) implements ClientNotice {

        /** The next agreed time: an appointment, or hours in which an answer can be expected, by their end. */
        public record Next(WindowKind kind, TimeSpan span) {}
    }

    /**
     * Their mail was not passed on.
     *
     * @param arrived of each mail that is not passed on since the notice before
     */
    record Returned(List<Instant> arrived, Optional<Instant> nextOpen) implements ClientNotice {

        public Returned {
            arrived = List.copyOf(arrived);
        }
    }

    /** What is kept for them moves to another time; empty if it was delivered now. */
    record Moved(Optional<Instant> passedOn) implements ClientNotice {}

    /** The end of the time that is running was moved. */
    record Extended(Instant closes) implements ClientNotice {}

    /** The agreed time began late, or could not be held, because of us. */
    record Disturbed(Instant planned, boolean missedAll) implements ClientNotice {}

    /** The clocks change: their local time of the next sessions. */
    record ClocksChange(Instant first) implements ClientNotice {}

    /** One receipt for each exchange of letters. */
    record Receipt(Instant arrived, Instant replyBy, boolean belongsToNext) implements ClientNotice {}

    /** The answer is late; a new date is set. */
    record Delayed(Instant replyBy) implements ClientNotice {}

    /** Mail for the thread came from a mailbox that is not theirs; to the enrolled mailbox only. */
    record OtherMailbox(Instant arrived) implements ClientNotice {}

    /**
     * The first that they hear of an event.
     *
     * @param asks whether an answer is asked for: to an appointment, and not to hours
     */
    record Invitation(Series series, List<Instant> upcoming, boolean asks) implements ClientNotice {

        public Invitation {
            upcoming = List.copyOf(upcoming);
        }
    }

    /**
     * What has changed of an event that they know.
     *
     * @param moved dates that are at another time now
     * @param cancelled dates that are no more
     * @param added dates that they did not know
     * @param rest what of the other dates
     * @param upcoming the next dates, as they are now
     * @param asks as in {@link Invitation}
     */
    record Change(
            Series series,
            List<Shift> moved,
            List<Instant> cancelled,
            List<Instant> added,
            Rest rest,
            List<Instant> upcoming,
            boolean asks)
            implements ClientNotice {

        public Change {
            moved = List.copyOf(moved);
            cancelled = List.copyOf(cancelled);
            added = List.copyOf(added);
            upcoming = List.copyOf(upcoming);
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
     * An invitation is taken back: all of it or one instance.
     *
     * @param sequence of the cancellation: above that of all that the client was sent (RFC 5546 section 3.2.5)
     */
    record Cancellation(Series series, Optional<WindowKey> instance, int sequence, Instant opensAt)
            implements ClientNotice {}
}
