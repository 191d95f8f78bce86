package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * If the clocks of the two parties change on different dates, a session keeps its local time for one of
 * them only. Both are told once, a week before the first session that is shifted for the client.
 */
final class ClocksChange implements Rule {

    private static final Duration AHEAD = Duration.ofDays(7);

    /** Several series that shift with the same change of clocks cause one letter. */
    private static final Duration SAME = Duration.ofDays(6);

    @Override
    public Optional<Instant> due(Draft draft) {
        return shifted(draft).map(window -> window.opensAt().minus(AHEAD));
    }

    private static Optional<Window> shifted(Draft draft) {
        return draft.windows(window -> window.ahead() && untold(draft, window) && isShifted(draft, window)).stream()
                .findFirst();
    }

    private static boolean untold(Draft draft, Window window) {
        return draft.notices
                .clocks()
                .filter(told -> window.opensAt().isBefore(told.plus(SAME)))
                .isEmpty();
    }

    private static boolean isShifted(Draft draft, Window window) {
        return draft.series(window.key().uid())
                .flatMap(series -> before(draft, window)
                        .map(usual -> difference(draft, series, usual) != difference(draft, series, window)))
                .orElse(false);
    }

    /** The instance before, whose local time is the one that the client knows. */
    private static Optional<Window> before(Draft draft, Window window) {
        return draft
                .windows(other -> other.key().uid().equals(window.key().uid())
                        && other.state() != WindowState.SUPERSEDED
                        && other.opensAt().isBefore(window.opensAt()))
                .stream()
                .max(Comparator.comparing(Window::opensAt));
    }

    /** By how many seconds the clock of the series is ahead of the client's. */
    private static int difference(Draft draft, Series series, Window window) {
        Instant opens = window.opensAt();
        int clients = draft.client.zone().getRules().getOffset(opens).getTotalSeconds();
        return series.instance(Planning.original(series, window))
                        .zone()
                        .offset(opens)
                        .getTotalSeconds()
                - clients;
    }

    @Override
    public void happen(Draft draft, Instant at) {
        Instant first = shifted(draft).orElseThrow().opensAt();
        draft.notices = draft.notices.clocksChange(first);
        draft.tell(new TherapistNote.ClocksChange(first));
        draft.tell(new ClientNotice.ClocksChange(first));
    }
}
