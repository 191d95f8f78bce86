package org.therapost.domain.sessions.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Window;

/** A note to the therapist about the agreed times of a thread. */
public sealed interface TherapistNote {

    /**
     * What was agreed.
     *
     * @param upcoming the first instances
     */
    record Confirmed(Series series, List<Instant> upcoming, Set<Mark> marks) implements TherapistNote {

        /** What is special about it. */
        public enum Mark {
            /** Another thread of this therapist has an overlapping window. */
            CLASHES,
            /** The event was agreed before, and is another now. */
            UPDATE,
            /** The client is not told: there is neither a key nor a consent. */
            CLIENT_NOT_TOLD
        }

        public Confirmed {
            upcoming = List.copyOf(upcoming);
            marks = Set.copyOf(marks);
        }

        public boolean has(Mark mark) {
            return marks.contains(mark);
        }
    }

    /**
     * An event or an instance was cancelled.
     *
     * @param opensAt when the first instance of it would have begun; empty if none lay ahead, so that
     *     nobody was told
     */
    record Cancelled(Series series, Optional<Instant> opensAt) implements TherapistNote {}

    /** A calendar message was understood and changed nothing. */
    record Unchanged(Cause cause) implements TherapistNote {}

    /** A calendar message had no effect. */
    record NotUnderstood(CalendarMessage.Reason reason, Optional<String> detail) implements TherapistNote {}

    /** A session began. */
    record Opened(Window window, int released, Start start) implements TherapistNote {}

    /** When a session began. */
    enum Start {
        IN_TIME,
        /** After a fault of the server. */
        LATE
    }

    /** The client has not written so far. */
    record ClientLate(Window window) implements TherapistNote {}

    /** A session is over. */
    record Summary(Window window) implements TherapistNote {}

    /**
     * What was written in the messaging hours of a week.
     *
     * @param span from the first of these hours to the last
     */
    record HoursOfWeek(TimeSpan span, Window.Turns turns) implements TherapistNote {}

    /**
     * Mail is held or returned.
     *
     * @param count of what is held
     * @param oldest when the oldest of it arrived, if any is held
     * @param nextOpen when it is released; if the longest time of the oldest is up before, that
     * @param bySession whether that is the next session
     * @param returned count of what is not passed on
     */
    record Holding(int count, Optional<Instant> oldest, Optional<Instant> nextOpen, boolean bySession, int returned)
            implements TherapistNote {}

    /** Held mail was released at another time than agreed. */
    record Released(int count, Why why) implements TherapistNote {}

    /** Answers were to be sent at the open, and no session is planned any more. */
    record StillWaiting(int count) implements TherapistNote {}

    /** Mail came after the end whose {@code Date:} is before it: its provider delayed it, or a clock is wrong. */
    record WrittenInTime(Instant written, Instant arrived) implements TherapistNote {}

    /** The clocks change: the client's local time of the next sessions. */
    record ClocksChange(Instant first) implements TherapistNote {}

    /** The client answered; the calendar part of the mail tells the therapist's calendar. */
    record Answered(Series series, WindowKey key, Participation participation, Optional<Instant> opensAt)
            implements TherapistNote {}

    /** The client proposes another time. */
    record Countered(Series series, WindowKey key, Instant proposed) implements TherapistNote {}

    /** A reply is due. */
    record ReplyDue(Instant replyBy, Duration left) implements TherapistNote {}

    /** The reply is overdue. */
    record Overdue(Instant replyBy) implements TherapistNote {}

    /** The client has not written for four weeks. */
    record Dormant(Instant lastMail) implements TherapistNote {}

    /** Mail that says to be the client's was refused: her provider does not prove that it was meant for the thread. */
    record NotProved() implements TherapistNote {}

    /** More words than agreed. */
    record ManyWords(int words, int limit) implements TherapistNote {}

    /** The client's mail server defers mail in an open window. */
    record NotGettingThrough(Window window, Optional<String> backUpPlan) implements TherapistNote {}

    /** What a command did, or how commands are written. */
    record CommandAnswer(Answer answer, List<Window> windows, List<HeldMail> held) implements TherapistNote {}

    /** Why a calendar message changed nothing. */
    enum Cause {
        /** It takes back an event of which the thread knows nothing. */
        UNKNOWN_EVENT,
        /** It says what is known, or what a newer message has changed since. */
        KNOWN_ALREADY,
        /** It answers an invitation: for people to write, not for calendars. */
        AN_ANSWER
    }

    /** Why held mail was released at another time than agreed. */
    enum Why {
        URGENT,
        MAX_HOLD,
        NO_FUTURE_WINDOW,
        OUTAGE,
        COMMAND,
        NOT_TOLD
    }

    /** How a command is answered. */
    enum Answer {
        DONE,
        LIST,
        NOTHING_OPEN,
        NOTHING_TO_CANCEL,
        HELP
    }
}
