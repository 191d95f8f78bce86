package org.therapost.domain.sessions.engine.series;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.StepBuilder;

/** Changes the windows of a series after the series has changed. */
public final class WindowRescheduling {

    /** The client is not told of an end that moves by less. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

    private final WindowPlanning windowPlanning;

    WindowRescheduling(WindowPlanning windowPlanning) {
        this.windowPlanning = windowPlanning;
    }

    /**
     * Ends windows that the series does not have any more, replaces windows that moved, and plans new ones.
     *
     * @return whether the client has to be sent the new state; not if all that changed is the end of what
     *     is running
     */
    boolean follow(StepBuilder stepBuilder, Optional<Series> older, Series newer, Instant at) {
        Instant horizon = WindowPlanning.horizon(stepBuilder, at);
        List<Window> live = stepBuilder.windows(window ->
                window.key().uid().equals(newer.uid()) && !window.state().ended());
        Instant until = live.stream()
                .map(window -> window.opensAt().plusSeconds(1))
                .reduce(horizon, (one, other) -> one.isBefore(other) ? other : one);
        List<WindowPlanning.Planned> wanted = windowPlanning.instances(newer, earliest(live, at), until);
        boolean endOnly = !live.isEmpty();
        for (Window window : live) {
            Optional<WindowPlanning.Planned> planned = wanted.stream()
                    .filter(one -> one.key().equals(window.key()))
                    .findFirst();
            endOnly &= one(stepBuilder, window, planned, older, newer, at);
        }
        windowPlanning.plan(stepBuilder, newer, at, until);
        return older.isEmpty() || (!endOnly && !sameTimes(older.get(), newer));
    }

    private static Instant earliest(List<Window> live, Instant at) {
        return live.stream().map(Window::opensAt).reduce(at, (one, other) -> one.isBefore(other) ? one : other);
    }

    private static boolean sameTimes(Series one, Series other) {
        return one.samePattern(other)
                && one.excluded().equals(other.excluded())
                && one.moved().keySet().equals(other.moved().keySet())
                && one.moved().keySet().stream()
                        .allMatch(original -> one.span(original).equals(other.span(original)));
    }

    /** @return whether only the end of a running window moved */
    private boolean one(
            StepBuilder stepBuilder,
            Window window,
            Optional<WindowPlanning.Planned> planned,
            Optional<Series> older,
            Series newer,
            Instant at) {
        if (planned.isEmpty()) {
            boolean excluded = window.key()
                    .recurrenceId()
                    .filter(newer.excluded()::contains)
                    .isPresent();
            boolean moved = older.filter(series -> !series.samePattern(newer)).isPresent();
            end(stepBuilder, window, moved && !excluded ? WindowState.SUPERSEDED : WindowState.CANCELLED, at);
            return false;
        }
        TimeSpan span = planned.get().span();
        Window same = window.of(planned.get().revision());
        if (window.ahead()) {
            boolean stays = span.from().equals(window.opensAt()) && span.until().equals(window.closesAt());
            if (stays) {
                stepBuilder.put(same);
            } else {
                supersede(stepBuilder, window, planned.get(), at);
            }
            return false;
        }
        if (span.from().isAfter(at)) {
            supersede(stepBuilder, window, planned.get(), at);
            return false;
        }
        boolean endMoved = older.filter(series -> !series.span(WindowPlanning.original(series, window))
                        .until()
                        .equals(span.until()))
                .isPresent();
        stepBuilder.put(same);
        if (endMoved && window.state() == WindowState.OPEN) {
            moveEnd(stepBuilder, same, span.until(), at);
        }
        return endMoved;
    }

    /** Moves the end of an open window; an end that has passed is now. */
    public static void moveEnd(StepBuilder stepBuilder, Window open, Instant closes, Instant at) {
        Instant least = at.isAfter(open.opensAt()) ? at : open.opensAt().plusSeconds(1);
        Instant end = closes.isBefore(least) ? least : closes;
        stepBuilder.put(open.closingAt(end));
        if (!end.isBefore(open.closesAt().plus(WORTH_TELLING))) {
            stepBuilder.tell(new ClientLetter.Extended(end));
        }
    }

    private static void supersede(StepBuilder stepBuilder, Window window, WindowPlanning.Planned planned, Instant at) {
        end(stepBuilder, window, WindowState.SUPERSEDED, at);
        if (planned.span().until().isAfter(at)) {
            stepBuilder.put(WindowPlanning.window(stepBuilder, planned, at));
        }
    }

    /** Ends a window before its time. */
    public static void end(StepBuilder stepBuilder, Window window, WindowState how, Instant at) {
        boolean waits = stepBuilder
                .series(window.key().uid())
                .filter(series -> series.told().waiting())
                .isPresent();
        Window ended = window.to(how);
        stepBuilder.put(waits ? ended.without(Window.Mark.TOLD) : ended);
        if (!window.ahead()) {
            stepBuilder.note(log -> log.closed(at));
        }
    }
}
