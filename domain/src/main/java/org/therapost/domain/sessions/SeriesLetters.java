package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Letters and notes about an event that was made, changed or cancelled. A client who was not told of the
 * event gets an invitation; a client who was told gets the changes since then. A newer letter replaces
 * those that have not left.
 */
final class SeriesLetters {

    private static final int UPCOMING = 3;

    private final Planning planning;

    SeriesLetters(Planning planning) {
        this.planning = planning;
    }

    static List<Rule> rules(Planning planning) {
        return List.of(new Untold(new SeriesLetters(planning)));
    }

    /**
     * An event was made or changed.
     *
     * @param news whether the client has to hear of it
     * @param known the dates of the event as the client knew them
     */
    void changed(Draft draft, Optional<Series> older, Series newer, boolean news, KnownDates known, Instant at) {
        if (news) {
            inform(draft, older, newer, known, at);
        }
        boolean told = !draft.series(newer.uid()).orElse(newer).told().waiting();
        draft.tell(new TherapistNote.Confirmed(
                newer, upcoming(draft, newer, at), clashes(draft, newer), older.isPresent(), told));
    }

    private void inform(Draft draft, Optional<Series> older, Series newer, KnownDates known, Instant at) {
        if (!draft.surroundings.reachable()) {
            draft.put(newer.with(newer.told().waits()));
            return;
        }
        withdraw(draft, newer);
        if (hasNotHeardOf(draft, newer)) {
            invite(draft, newer, at);
            return;
        }
        Series risen = told(newer.rising(older.orElse(newer).highestForClient() + 1));
        draft.put(risen);
        Changes.since(draft, older, risen, known, upcoming(draft, newer, at), at)
                .ifPresent(draft::tell);
    }

    private void invite(Draft draft, Series series, Instant at) {
        Series invited =
                series.with(new Series.Told(Optional.of(at), series.told().ahead(), false));
        draft.put(invited);
        draft.tell(new ClientNotice.Invitation(invited, upcoming(draft, series, at), asks(draft, at)));
    }

    private static Series told(Series series) {
        return series.with(
                new Series.Told(series.told().invitedAt(), series.told().ahead(), false));
    }

    static boolean asks(Draft draft, Instant at) {
        return draft.kind(at) == WindowKind.LIVE;
    }

    /** Letters about the event that have not left do not leave. */
    private static void withdraw(Draft draft, Series series) {
        if (!draft.onTheirWay(series.uid()).isEmpty()) {
            draft.todo(new Effect.WithdrawLetters(series.uid()));
        }
    }

    private static boolean hasNotHeardOf(Draft draft, Series series) {
        return series.told().invitedAt().isEmpty()
                || draft.onTheirWay(series.uid()).stream().anyMatch(Timetable.OnItsWay::invitation);
    }

    /**
     * An event, or one instance of it, was cancelled that had a date ahead.
     *
     * @param series as it was
     * @param sequence of the cancellation
     * @param opensAt the first date that is no more, as the client knows it
     */
    void cancelled(
            Draft draft,
            Series series,
            Optional<WindowKey> instance,
            int sequence,
            KnownDates known,
            Instant opensAt,
            Instant at) {
        boolean overtakes = !draft.onTheirWay(series.uid()).isEmpty();
        withdraw(draft, series);
        Series now = draft.series(series.uid()).orElse(series);
        if (hasNotHeardOf(draft, series)) {
            Series unheard =
                    now.with(new Series.Told(Optional.empty(), now.told().ahead(), false));
            draft.put(unheard);
            if (instance.isPresent()
                    && draft.windows(one -> isOf(series, one)).stream().anyMatch(Window::ahead)) {
                inform(draft, Optional.of(series), unheard, known, at);
            }
            return;
        }
        Series risen = told(now.rising(sequence));
        draft.put(risen);
        if (instance.isPresent() && overtakes) {
            // A withdrawn letter may have told of another date, so this letter tells both.
            Changes.since(draft, Optional.of(series), risen, known, upcoming(draft, risen, at), at)
                    .ifPresent(draft::tell);
        } else {
            draft.tell(new ClientNotice.Cancellation(
                    risen, instance, Math.max(sequence, risen.highestForClient()), opensAt));
        }
    }

    private static boolean isOf(Series series, Window window) {
        return window.key().uid().equals(series.uid());
    }

    private List<Instant> upcoming(Draft draft, Series series, Instant at) {
        return planning.instances(series, at, Planning.horizon(draft, at)).stream()
                .limit(UPCOMING)
                .map(planned -> planned.span().from())
                .toList();
    }

    private static boolean clashes(Draft draft, Series series) {
        return draft.windows(window -> isOf(series, window) && !window.state().ended()).stream()
                .anyMatch(window -> draft.surroundings.elsewhere().stream()
                        .anyMatch(span -> span.overlaps(window.opensAt(), window.closesAt())));
    }

    /** There is a way to the client at last: what still lies ahead is told. */
    private record Untold(SeriesLetters letters) implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.surroundings.reachable()
                            && draft.series.stream()
                                    .anyMatch(series -> series.told().waiting())
                    ? Optional.of(draft.clock())
                    : Optional.empty();
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Series series = draft.series.stream()
                    .filter(one -> one.told().waiting())
                    .findFirst()
                    .orElseThrow();
            draft.put(told(series));
            List<Instant> upcoming = letters.upcoming(draft, series, at);
            if (upcoming.isEmpty()) {
                return;
            }
            withdraw(draft, series);
            if (hasNotHeardOf(draft, series)) {
                letters.invite(draft, series, at);
            } else {
                Series risen = told(series.rising(series.highestForClient() + 1));
                draft.put(risen);
                draft.tell(new ClientNotice.Change(
                        risen, List.of(), List.of(), List.of(), ClientNotice.Rest.ANEW, upcoming, asks(draft, at)));
            }
            draft.tell(new TherapistNote.Confirmed(series, upcoming, clashes(draft, series), false, true));
        }
    }
}
