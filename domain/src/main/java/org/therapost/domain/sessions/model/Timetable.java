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
 * @param terms as they changed, oldest first; at least one
 * @param windows those that have not ended, and ended ones that still matter, by {@code opensAt}
 * @param held in order of acceptance
 * @param notices what the client was told of the closed period
 * @param answers the client's newest answer to each event or instance
 * @param plannedTo every instance that opens before this is among the windows; empty while nothing was
 *     planned
 * @param surroundings what happened around the thread: read with the timetable, not changed by a step
 */
public record Timetable(
        ThreadId thread,
        List<Terms> terms,
        ClientSettings client,
        List<Series> series,
        List<Window> windows,
        List<HeldMail> held,
        NoticeLog notices,
        Optional<Cycle> cycle,
        List<Answer> answers,
        Optional<Instant> plannedTo,
        Surroundings surroundings) {

    public Timetable {
        terms = List.copyOf(terms);
        series = List.copyOf(series);
        windows = List.copyOf(windows);
        held = List.copyOf(held);
        answers = List.copyOf(answers);
    }

    /** The timetable of a thread for which nothing but terms was agreed. */
    public static Timetable initial(ThreadId thread, Terms terms, ClientSettings client) {
        return new Timetable(
                thread,
                List.of(terms),
                client,
                List.of(),
                List.of(),
                List.of(),
                NoticeLog.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Surroundings.NONE);
    }

    /** This timetable, surrounded otherwise. */
    public Timetable around(Surroundings other) {
        return new Timetable(thread, terms, client, series, windows, held, notices, cycle, answers, plannedTo, other);
    }

    /** The terms in force at an instant. */
    public Terms termsAt(Instant instant) {
        return termsAt(terms, instant);
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
     * The last notice to the client about the closed period.
     *
     * @param sentAt if one was ever sent
     * @param nextOpen what it told; a changed one allows another notice
     * @param period when the closed period that runs, or the last one, began; what was sent before belongs to an earlier one
     * @param hintedAt the last hint that somebody wrote from another mailbox
     * @param unprovedAt when the therapist was last told that the client's provider does not prove her mail
     * @param clocks the start of the session for which a change of clocks was announced last
     * @param owed when the mail was accepted of which the client has still to be told, as soon as an hour has passed
     * @param timeMails how many mails about the time were delivered out of turn in this closed period
     * @param summedUp up to when messaging hours were summed up for the therapist
     */
    public record NoticeLog(
            Optional<Instant> sentAt,
            Optional<Instant> nextOpen,
            Optional<Instant> period,
            Optional<Instant> hintedAt,
            Optional<Instant> unprovedAt,
            Optional<Instant> clocks,
            Optional<Instant> owed,
            int timeMails,
            Optional<Instant> summedUp) {

        public static final NoticeLog NONE = new NoticeLog(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());

        public NoticeLog told(Instant at, Optional<Instant> next) {
            return new NoticeLog(
                    Optional.of(at), next, period, hintedAt, unprovedAt, clocks, Optional.empty(), timeMails, summedUp);
        }

        public NoticeLog closed(Instant at) {
            return new NoticeLog(
                    sentAt, nextOpen, Optional.of(at), hintedAt, unprovedAt, clocks, Optional.empty(), 0, summedUp);
        }

        public NoticeLog hinted(Instant at) {
            return new NoticeLog(
                    sentAt, nextOpen, period, Optional.of(at), unprovedAt, clocks, owed, timeMails, summedUp);
        }

        public NoticeLog unproved(Instant at) {
            return new NoticeLog(
                    sentAt, nextOpen, period, hintedAt, Optional.of(at), clocks, owed, timeMails, summedUp);
        }

        public NoticeLog clocksChange(Instant first) {
            return new NoticeLog(
                    sentAt, nextOpen, period, hintedAt, unprovedAt, Optional.of(first), owed, timeMails, summedUp);
        }

        public NoticeLog owing(Optional<Instant> accepted) {
            return new NoticeLog(sentAt, nextOpen, period, hintedAt, unprovedAt, clocks, accepted, timeMails, summedUp);
        }

        public NoticeLog aboutTime() {
            return new NoticeLog(sentAt, nextOpen, period, hintedAt, unprovedAt, clocks, owed, timeMails + 1, summedUp);
        }

        public NoticeLog summedUp(Instant until) {
            return new NoticeLog(
                    sentAt, nextOpen, period, hintedAt, unprovedAt, clocks, owed, timeMails, Optional.of(until));
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
     * @param invitation whether it is the first that the client hears of the event
     */
    public record OnItsWay(String uid, boolean invitation) {}

    /**
     * A letter that the client's server has accepted.
     *
     * @param at when it was taken
     */
    public record Arrived(NoticeId letter, Instant at) {}
}
