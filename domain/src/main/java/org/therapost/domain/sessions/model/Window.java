package org.therapost.domain.sessions.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;

/**
 * One agreed time, half-open: inside iff {@code open <= A < close}.
 *
 * @param revision of the event from which it was made
 * @param opensAt the local wall-clock start can move with new time-zone data, this instant with it
 * @param openedAt when it really opened: later than {@code opensAt} after an outage, or if it was moved into the past
 * @param confirmed whether the client accepted
 * @param late whether the client had not written some time after the start
 * @param troubled whether the therapist was told that live mail does not get through
 * @param turns what happened in it
 * @param result once {@link WindowState#CLOSED}, unless it was moved while open, or is of messaging hours
 * @param told whether the client knows of it; of one that was moved or cancelled, whether that was so then
 */
public record Window(
        WindowId id,
        WindowKey key,
        WindowKind kind,
        Revision revision,
        Instant opensAt,
        Instant closesAt,
        Optional<Instant> openedAt,
        WindowState state,
        boolean confirmed,
        boolean late,
        boolean troubled,
        Turns turns,
        Optional<WindowResult> result,
        boolean told) {

    public Window {
        if (!opensAt.isBefore(closesAt)) {
            throw new IllegalArgumentException("a window that closes before it opens");
        }
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

    public boolean contains(Instant instant) {
        return !instant.isBefore(opensAt) && instant.isBefore(closesAt);
    }

    public Duration length() {
        return Duration.between(opensAt, closesAt);
    }

    /** Whether somebody is expected in it; in messaging hours nobody is. */
    public boolean isAppointment() {
        return kind == WindowKind.LIVE;
    }

    public TimeSpan span() {
        return new TimeSpan(opensAt, closesAt);
    }

    /** Whether it is planned and has not opened. */
    public boolean ahead() {
        return state == WindowState.PROPOSED || state == WindowState.CONFIRMED;
    }

    public static Window planned(WindowId id, WindowKey key, WindowKind kind, Revision revision, TimeSpan span) {
        return new Window(
                id,
                key,
                kind,
                revision,
                span.from(),
                span.until(),
                Optional.empty(),
                WindowState.PROPOSED,
                false,
                false,
                false,
                Turns.NONE,
                Optional.empty(),
                false);
    }

    /** With what the client knows of it. */
    public Window told(boolean was) {
        return new Window(
                id, key, kind, revision, opensAt, closesAt, openedAt, state, confirmed, late, troubled, turns, result,
                was);
    }

    /** Closed without a result: nobody had agreed to come. */
    public Window over() {
        return to(WindowState.CLOSED);
    }

    public Window to(WindowState next) {
        return with(next, closesAt, openedAt, confirmed, late, troubled, turns, result);
    }

    public Window opened(Instant at) {
        return with(WindowState.OPEN, closesAt, Optional.of(at), confirmed, late, troubled, turns, result);
    }

    public Window closed(WindowResult became) {
        return with(WindowState.CLOSED, closesAt, openedAt, confirmed, late, troubled, turns, Optional.of(became));
    }

    public Window closingAt(Instant closes) {
        return with(state, closes, openedAt, confirmed, late, troubled, turns, result);
    }

    public Window answered(boolean yes) {
        WindowState next = ahead() ? (yes ? WindowState.CONFIRMED : WindowState.PROPOSED) : state;
        return with(next, closesAt, openedAt, yes, late, troubled, turns, result);
    }

    public Window withoutClient() {
        return with(state, closesAt, openedAt, confirmed, true, troubled, turns, result);
    }

    public Window inTrouble() {
        return with(state, closesAt, openedAt, confirmed, late, true, turns, result);
    }

    public Window with(Turns said) {
        return with(state, closesAt, openedAt, confirmed, late, troubled, said, result);
    }

    public Window at(TimeSpan span) {
        return new Window(
                id,
                key,
                kind,
                revision,
                span.from(),
                span.until(),
                openedAt,
                state,
                confirmed,
                late,
                troubled,
                turns,
                result,
                told);
    }

    public Window of(Revision newer) {
        return new Window(
                id, key, kind, newer, opensAt, closesAt, openedAt, state, confirmed, late, troubled, turns, result,
                told);
    }

    private Window with(
            WindowState state,
            Instant closesAt,
            Optional<Instant> openedAt,
            boolean confirmed,
            boolean late,
            boolean troubled,
            Turns turns,
            Optional<WindowResult> result) {
        return new Window(
                id, key, kind, revision, opensAt, closesAt, openedAt, state, confirmed, late, troubled, turns, result,
                told);
    }
}
