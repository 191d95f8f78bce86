package org.therapost.domain.sessions.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;

/**
 * All that is known of the agreed times of one thread. It is stored and locked as a whole.
 *
 * @param agreed with the client
 * @param calendar the therapist's events, and the windows that they make
 * @param told what was told, and what is held that somebody has to be told of
 * @param cycle the asynchronous part; empty if the terms have none
 * @param surroundings what happened around the thread: read with the timetable, not changed by a step
 */
public record Timetable(
        ThreadId thread,
        Agreement agreed,
        Calendar calendar,
        Told told,
        Optional<Cycle> cycle,
        Surroundings surroundings) {

    /**
     * What therapist and client have agreed.
     *
     * @param terms as they changed, oldest first; at least one
     */
    public record Agreement(List<Terms> terms, ClientSettings client) {

        public Agreement {
            terms = List.copyOf(terms);
        }
    }

    /**
     * The therapist's events in this thread.
     *
     * @param windows those that have not ended, and ended ones that still matter, by {@code opensAt}
     * @param answers the client's newest answer to each event or instance
     * @param plannedTo every instance that opens before this is among the windows; empty while nothing was planned
     */
    public record Calendar(
            List<Series> series, List<Window> windows, List<Answer> answers, Optional<Instant> plannedTo) {

        public static final Calendar EMPTY = new Calendar(List.of(), List.of(), List.of(), Optional.empty());

        public Calendar {
            series = List.copyOf(series);
            windows = List.copyOf(windows);
            answers = List.copyOf(answers);
        }
    }

    /**
     * What is held back, and what was told of it and of other things.
     *
     * @param held in order of acceptance
     */
    public record Told(List<HeldMail> held, NoticeLog notices) {

        public static final Told NOTHING = new Told(List.of(), NoticeLog.NONE);

        public Told {
            held = List.copyOf(held);
        }
    }

    /** The timetable of a thread for which nothing but terms was agreed. */
    public static Timetable initial(ThreadId thread, Terms terms, ClientSettings client) {
        return new Timetable(
                thread,
                new Agreement(List.of(terms), client),
                Calendar.EMPTY,
                Told.NOTHING,
                Optional.empty(),
                Surroundings.NONE);
    }

    /** This timetable, surrounded otherwise. */
    public Timetable around(Surroundings other) {
        return new Timetable(thread, agreed, calendar, told, cycle, other);
    }

    /** This timetable with another calendar. */
    public Timetable with(Calendar other) {
        return new Timetable(thread, agreed, other, told, cycle, surroundings);
    }

    /** This timetable of a client who wants it otherwise. */
    public Timetable with(ClientSettings settings) {
        return new Timetable(thread, new Agreement(agreed.terms(), settings), calendar, told, cycle, surroundings);
    }

    public List<Terms> terms() {
        return agreed.terms();
    }

    public ClientSettings client() {
        return agreed.client();
    }

    public List<Series> series() {
        return calendar.series();
    }

    public List<Window> windows() {
        return calendar.windows();
    }

    public List<Answer> answers() {
        return calendar.answers();
    }

    public Optional<Instant> plannedTo() {
        return calendar.plannedTo();
    }

    public List<HeldMail> held() {
        return told.held();
    }

    public NoticeLog notices() {
        return told.notices();
    }

    /** The terms in force at an instant. */
    public Terms termsAt(Instant instant) {
        return termsAt(terms(), instant);
    }

    public static Terms termsAt(List<Terms> terms, Instant instant) {
        Terms inForce = terms.get(0);
        for (Terms one : terms) {
            if (!one.since().isAfter(instant)) {
                inForce = one;
            }
        }
        return inForce;
    }

    /**
     * What the client was told of a closed period.
     *
     * @param began when the closed period that runs, or the last one, began; what was sent before belongs to an earlier one
     * @param sentAt the last notice, if one was ever sent
     * @param nextOpen what it told; a changed one allows another notice
     * @param owed when the mail was accepted of which the client has still to be told, as soon as an hour has passed
     * @param timeMails how many mails about the time were delivered out of turn in this closed period
     */
    public record ClosedPeriod(
            Optional<Instant> began,
            Optional<Instant> sentAt,
            Optional<Instant> nextOpen,
            Optional<Instant> owed,
            int timeMails) {

        public static final ClosedPeriod NONE =
                new ClosedPeriod(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /**
     * When something was told that is not to be told too often.
     *
     * @param hintedAt the last hint that somebody wrote from another mailbox
     * @param unprovedAt when the therapist was last told that the client's provider does not prove her mail
     * @param clocks the start of the session for which a change of clocks was announced last
     * @param summedUp up to when messaging hours were summed up for the therapist
     */
    public record NoticeLog(
            ClosedPeriod closedPeriod,
            Optional<Instant> hintedAt,
            Optional<Instant> unprovedAt,
            Optional<Instant> clocks,
            Optional<Instant> summedUp) {

        public static final NoticeLog NONE = new NoticeLog(
                ClosedPeriod.NONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Optional<Instant> sentAt() {
            return closedPeriod.sentAt();
        }

        public Optional<Instant> nextOpen() {
            return closedPeriod.nextOpen();
        }

        /** When the closed period that runs, or the last one, began. */
        public Optional<Instant> period() {
            return closedPeriod.began();
        }

        public Optional<Instant> owed() {
            return closedPeriod.owed();
        }

        public int timeMails() {
            return closedPeriod.timeMails();
        }

        public NoticeLog told(Instant at, Optional<Instant> next) {
            return with(new ClosedPeriod(period(), Optional.of(at), next, Optional.empty(), timeMails()));
        }

        public NoticeLog closed(Instant at) {
            return with(new ClosedPeriod(Optional.of(at), sentAt(), nextOpen(), Optional.empty(), 0));
        }

        public NoticeLog owing(Optional<Instant> accepted) {
            return with(new ClosedPeriod(period(), sentAt(), nextOpen(), accepted, timeMails()));
        }

        public NoticeLog aboutTime() {
            return with(new ClosedPeriod(period(), sentAt(), nextOpen(), owed(), timeMails() + 1));
        }

        public NoticeLog hinted(Instant at) {
            return new NoticeLog(closedPeriod, Optional.of(at), unprovedAt, clocks, summedUp);
        }

        public NoticeLog unproved(Instant at) {
            return new NoticeLog(closedPeriod, hintedAt, Optional.of(at), clocks, summedUp);
        }

        public NoticeLog clocksChange(Instant first) {
            return new NoticeLog(closedPeriod, hintedAt, unprovedAt, Optional.of(first), summedUp);
        }

        public NoticeLog summedUp(Instant until) {
            return new NoticeLog(closedPeriod, hintedAt, unprovedAt, clocks, Optional.of(until));
        }

        private NoticeLog with(ClosedPeriod period) {
            return new NoticeLog(period, hintedAt, unprovedAt, clocks, summedUp);
        }
    }

    /**
     * An answer of the client.
     *
     * @param key of one instance, or without original start for the whole event
     * @param revision the {@code SEQUENCE} that was answered, and when (RFC 5546 section 2.1.5)
     */
    public record Answer(WindowKey key, Revision revision, Participation participation) {}

    /**
     * The facts outside the thread that a step needs.
     *
     * @param outages when no process of the gateway was running, in the last weeks
     * @param elsewhere the therapist's windows in other threads that have not ended
     * @param atOpen how many answers of the therapist wait for the next open
     * @param reachable whether our letters to the client can leave: there is a key or a consent
     * @param onTheirWay our letters about events that no server of the client's has taken yet
     * @param arrived our letters that a server of the client's has taken, as far as no step has seen it
     */
    public record Surroundings(
            List<TimeSpan> outages,
            List<TimeSpan> elsewhere,
            int atOpen,
            boolean reachable,
            List<OnItsWay> onTheirWay,
            List<Arrived> arrived) {

        public static final Surroundings NONE = new Surroundings(List.of(), List.of(), 0);

        public Surroundings {
            outages = List.copyOf(outages);
            elsewhere = List.copyOf(elsewhere);
            onTheirWay = List.copyOf(onTheirWay);
            arrived = List.copyOf(arrived);
        }

        /** Around a client whom our letters reach, and have reached. */
        public Surroundings(List<TimeSpan> outages, List<TimeSpan> elsewhere, int atOpen) {
            this(outages, elsewhere, atOpen, true, List.of(), List.of());
        }

        public Surroundings reachable(boolean is) {
            return new Surroundings(outages, elsewhere, atOpen, is, onTheirWay, arrived);
        }
    }

    /**
     * A letter about an event that the client's server has not accepted yet.
     *
     * @param uid of the event
     */
    public record OnItsWay(String uid, EventLetter letter) {}

    /** Which of the letters about an event one is. */
    public enum EventLetter {
        /** The first that the client hears of the event. */
        INVITATION,
        /** A change, or the cancellation. */
        LATER
    }

    /**
     * A letter that the client's server has accepted.
     *
     * @param at when it was taken
     */
    public record Arrived(NoticeId letter, Instant at) {}
}
