package org.therapost.domain.sessions.model;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;

/**
 * One agreed time, half-open: inside iff {@code open <= A < close}.
 *
 * @param openedAt when it really opened: later than {@code opensAt} after an outage, or if it was moved into the past
 * @param marks what else is known of it
 * @param turns what happened in it
 * @param result once {@link WindowState#CLOSED}, unless it was moved while open, or is of messaging hours
 */
public record Window(
        Plan plan,
        WindowState state,
        Optional<Instant> openedAt,
        Set<Mark> marks,
        Turns turns,
        Optional<WindowResult> result) {

    public Window {
        marks = Set.copyOf(marks);
    }

    /**
     * What was agreed.
     *
     * @param revision of the event from which it was made
     * @param span the local wall-clock times can move with new time-zone data, these instants with them
     */
    public record Plan(WindowId id, WindowKey key, WindowKind kind, Revision revision, TimeSpan span) {

        public Plan {
            if (!span.from().isBefore(span.until())) {
                throw new IllegalArgumentException("a window that closes before it opens");
            }
        }
    }

    /** What can be known of a window beside its state. */
    public enum Mark {
        /** The client accepted. */
        CONFIRMED,
        /** The client had not written some time after the start. */
        LATE,
        /** The therapist was told that live mail does not get through. */
        TROUBLED,
        /** The client knows of it; of one that was moved or cancelled: knew of it then. */
        TOLD
    }

    /** What was said in a window, counted. */
    public record Turns(int byClient, int byTherapist, int words) {

        public static final Turns NONE = new Turns(0, 0, 0);

        public Turns plus(Turns other) {
            return new Turns(byClient + other.byClient, byTherapist + other.byTherapist, words + other.words);
        }

        public Turns ofClient(int written) {
            return new Turns(byClient + 1, byTherapist, words + written);
        }

        public Turns ofTherapist(int written) {
            return new Turns(byClient, byTherapist + 1, words + written);
        }
    }

    public WindowId id() {
        return plan.id();
    }

    public WindowKey key() {
        return plan.key();
    }

    public WindowKind kind() {
        return plan.kind();
    }

    public Revision revision() {
        return plan.revision();
    }

    public TimeSpan span() {
        return plan.span();
    }

    public Instant opensAt() {
        return span().from();
    }

    public Instant closesAt() {
        return span().until();
    }

    public boolean is(Mark mark) {
        return marks.contains(mark);
    }

    public boolean contains(Instant instant) {
        return span().contains(instant);
    }

    public Duration length() {
        return Duration.between(opensAt(), closesAt());
    }

    /** Whether somebody is expected in it; in messaging hours nobody is. */
    public boolean isAppointment() {
        return kind() == WindowKind.LIVE;
    }

    /** Whether it is planned and has not opened. */
    public boolean ahead() {
        return state == WindowState.PROPOSED || state == WindowState.CONFIRMED;
    }

    public static Window planned(WindowId id, WindowKey key, WindowKind kind, Revision revision, TimeSpan span) {
        return new Window(
                new Plan(id, key, kind, revision, span),
                WindowState.PROPOSED,
                Optional.empty(),
                Set.of(),
                Turns.NONE,
                Optional.empty());
    }

    public Window with(Mark mark) {
        Set<Mark> more = EnumSet.of(mark);
        more.addAll(marks);
        return new Window(plan, state, openedAt, more, turns, result);
    }

    public Window without(Mark mark) {
        Set<Mark> fewer = new HashSet<>(marks);
        fewer.remove(mark);
        return new Window(plan, state, openedAt, fewer, turns, result);
    }

    /** Closed without a result: nobody had agreed to come. */
    public Window over() {
        return to(WindowState.CLOSED);
    }

    public Window to(WindowState next) {
        return new Window(plan, next, openedAt, marks, turns, result);
    }

    public Window opened(Instant at) {
        return new Window(plan, WindowState.OPEN, Optional.of(at), marks, turns, result);
    }

    public Window closed(WindowResult became) {
        return new Window(plan, WindowState.CLOSED, openedAt, marks, turns, Optional.of(became));
    }

    public Window closingAt(Instant closes) {
        return at(new TimeSpan(opensAt(), closes));
    }

    /** With the client's answer; one that has opened keeps its state. */
    public Window answered(Participation participation) {
        return participation == Participation.ACCEPTED
                ? with(Mark.CONFIRMED).to(ahead() ? WindowState.CONFIRMED : state)
                : without(Mark.CONFIRMED).to(ahead() ? WindowState.PROPOSED : state);
    }

    public Window accepted() {
        return answered(Participation.ACCEPTED);
    }

    public Window with(Turns said) {
        return new Window(plan, state, openedAt, marks, said, result);
    }

    public Window at(TimeSpan span) {
        return with(new Plan(id(), key(), kind(), revision(), span));
    }

    public Window of(Revision newer) {
        return with(new Plan(id(), key(), kind(), newer, span()));
    }

    private Window with(Plan other) {
        return new Window(other, state, openedAt, marks, turns, result);
    }
}
