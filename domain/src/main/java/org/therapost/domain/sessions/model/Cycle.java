package org.therapost.domain.sessions.model;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a cycle of asynchronous work.
 *
 * @param lastClientMail the newest client mail of all, if there was any
 * @param progress what came of the client's letters in this cycle
 * @param next what the client wrote after the cut-off, while the answer is still due
 */
public record Cycle(
        State state, Optional<Instant> lastClientMail, Dates dates, Progress progress, Optional<Next> next) {

    /**
     * The dates of a cycle.
     *
     * @param cutOff the end of the cycle that the state is about
     * @param replyBy when the therapist's answer is due
     * @param newDate for a late answer, if the therapist set one
     */
    public record Dates(Optional<Instant> cutOff, Optional<Instant> replyBy, Optional<Instant> newDate) {

        public Dates(Instant cutOff, Instant replyBy) {
            this(Optional.of(cutOff), Optional.of(replyBy), Optional.empty());
        }
    }

    /**
     * What was written in a cycle, and what was told of it.
     *
     * @param words what the client wrote, without quoted text and signature
     */
    public record Progress(Set<Milestone> reached, int words) {

        public static final Progress NONE = new Progress(Set.of(), 0);

        public Progress {
            reached = Set.copyOf(reached);
        }

        public boolean has(Milestone milestone) {
            return reached.contains(milestone);
        }

        public Progress with(Milestone milestone) {
            return with(Set.of(milestone));
        }

        public Progress with(Set<Milestone> milestones) {
            Set<Milestone> all = EnumSet.noneOf(Milestone.class);
            all.addAll(reached);
            all.addAll(milestones);
            return new Progress(all, words);
        }

        /** The client wrote more. */
        public Progress plus(int more) {
            return new Progress(reached, words + more);
        }
    }

    /** What happens at most once in a cycle. */
    public enum Milestone {
        /** A letter of the client came. */
        LETTER,
        /** The client got the receipt. */
        RECEIPT,
        /** The therapist was reminded a day before the answer is due, or it was too late for that. */
        DAY_BEFORE,
        /** The therapist was reminded two hours before the answer is due, or it was too late for that. */
        HOURS_BEFORE,
        /** The client was told of another date. */
        DELAYED,
        /** The therapist was told that the client wrote more than agreed. */
        MANY_WORDS
    }

    /** The cycle after this one, if it began before this one was answered. */
    public record Next(Instant cutOff, Instant replyBy, Progress progress) {

        public Next with(Progress later) {
            return new Next(cutOff, replyBy, later);
        }
    }

    public Optional<Instant> cutOff() {
        return dates.cutOff();
    }

    public Optional<Instant> replyBy() {
        return dates.replyBy();
    }

    public Optional<Instant> newDate() {
        return dates.newDate();
    }

    public Cycle in(State other) {
        return new Cycle(other, lastClientMail, dates, progress, next);
    }

    /** The client wrote. */
    public Cycle heardAt(Instant at) {
        return new Cycle(state, Optional.of(at), dates, progress, next);
    }

    public Cycle with(Progress later) {
        return new Cycle(state, lastClientMail, dates, later, next);
    }

    public Cycle with(Next after) {
        return new Cycle(state, lastClientMail, dates, progress, Optional.of(after));
    }

    public Cycle answeredBy(Instant newDate) {
        Dates later = new Dates(cutOff(), replyBy(), Optional.of(newDate));
        return new Cycle(state, lastClientMail, later, progress, next);
    }

    /** The states of a cycle. */
    public enum State {
        AWAITING_CLIENT,
        RECEIVED,
        AWAITING_THERAPIST,
        REPLIED,
        CLIENT_SILENT,
        OVERDUE,
        DORMANT
    }
}
