package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes the windows of a series after the series has changed. */
final class Rescheduling {

    /** The client is not told of an end that moves by less. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

    private final Planning planning;

    Rescheduling(Planning planning) {
        this.planning = planning;
    }

    /**
     * Ends windows that the series does not have any more, replaces windows that moved, and plans new ones.
     *
     * @return whether the client has to be sent the new state; not if all that changed is the end of what
     *     is running
     */
    boolean follow(Draft draft, Optional<Series> older, Series newer, Instant at) {
        Instant horizon = Planning.horizon(draft, at);
        List<Window> live = draft.windows(window ->
                window.key().uid().equals(newer.uid()) && !window.state().ended());
        Instant until = live.stream()
                .map(window -> window.opensAt().plusSeconds(1))
                .reduce(horizon, (one, other) -> one.isBefore(other) ? other : one);
        List<Planning.Planned> wanted = planning.instances(newer, earliest(live, at), until);
        boolean endOnly = !live.isEmpty();
        for (Window window : live) {
            Optional<Planning.Planned> planned = wanted.stream()
                    .filter(one -> one.key().equals(window.key()))
                    .findFirst();
            endOnly &= one(draft, window, planned, older, newer, at);
        }
        planning.plan(draft, newer, at, until);
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
            Draft draft,
            Window window,
            Optional<Planning.Planned> planned,
            Optional<Series> older,
            Series newer,
            Instant at) {
        if (planned.isEmpty()) {
            boolean excluded = window.key()
                    .recurrenceId()
                    .filter(newer.excluded()::contains)
                    .isPresent();
            boolean moved = older.filter(series -> !series.samePattern(newer)).isPresent();
            end(draft, window, moved && !excluded ? WindowState.SUPERSEDED : WindowState.CANCELLED, at);
            return false;
        }
        TimeSpan span = planned.get().span();
        Window same = window.of(planned.get().revision());
        if (window.ahead()) {
            boolean stays = span.from().equals(window.opensAt()) && span.until().equals(window.closesAt());
            if (stays) {
                draft.put(same);
            } else {
                supersede(draft, window, planned.get(), at);
            }
            return false;
        }
        if (span.from().isAfter(at)) {
            supersede(draft, window, planned.get(), at);
            return false;
        }
        boolean endMoved = older.filter(series ->
                        !series.span(Planning.original(series, window)).until().equals(span.until()))
                .isPresent();
        draft.put(same);
        if (endMoved && window.state() == WindowState.OPEN) {
            moveEnd(draft, same, span.until(), at);
        }
        return endMoved;
    }

    /** Moves the end of an open window; an end that has passed is now. */
    static void moveEnd(Draft draft, Window open, Instant closes, Instant at) {
        Instant least = at.isAfter(open.opensAt()) ? at : open.opensAt().plusSeconds(1);
        Instant end = closes.isBefore(least) ? least : closes;
        draft.put(open.closingAt(end));
        if (!end.isBefore(open.closesAt().plus(WORTH_TELLING))) {
            draft.tell(new ClientNotice.Extended(end));
        }
    }

    private static void supersede(Draft draft, Window window, Planning.Planned planned, Instant at) {
        end(draft, window, WindowState.SUPERSEDED, at);
        if (planned.span().until().isAfter(at)) {
            draft.put(Planning.window(draft, planned, at));
        }
    }

    /** Ends a window before its time. */
    static void end(Draft draft, Window window, WindowState how, Instant at) {
        boolean waits = draft.series(window.key().uid())
                .filter(series -> series.told().waiting())
                .isPresent();
        draft.put(window.to(how).told(window.told() && !waits));
        if (!window.ahead()) {
            draft.notices = draft.notices.closed(at);
        }
    }
}
