package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares the dates of an event with those that its client knows, and says what has changed. */
final class Changes {

    /** More dates than these are told as a whole. */
    private static final int NAMED = 3;

    private final List<ClientNotice.Shift> moved = new ArrayList<>();
    private final List<Instant> cancelled = new ArrayList<>();
    private final List<Instant> added = new ArrayList<>();
    private final List<Instant> stay = new ArrayList<>();

    private Changes(Draft draft, Series series, KnownDates known, Instant at) {
        List<Window> live = draft.windows(window ->
                window.key().uid().equals(series.uid()) && !window.state().ended());
        for (Window window : live) {
            Optional<TimeSpan> before = known.span(window.key());
            if (before.isEmpty()) {
                added.add(window.opensAt());
            } else if (before.get().equals(window.span())) {
                stay.add(window.opensAt());
            } else {
                moved.add(new ClientNotice.Shift(before.get(), window.span()));
            }
        }
        known.spans().forEach((key, span) -> {
            if (span.until().isAfter(at)
                    && live.stream().noneMatch(window -> window.key().equals(key))) {
                cancelled.add(span.from());
            }
        });
        moved.sort(Comparator.comparing(shift -> shift.from().from()));
        cancelled.sort(Comparator.naturalOrder());
    }

    /** What the client is told; empty if nothing that they can notice has changed. */
    static Optional<ClientNotice> since(
            Draft draft, Optional<Series> older, Series newer, KnownDates known, List<Instant> upcoming, Instant at) {
        boolean pattern = older.filter(series -> !series.samePattern(newer)).isPresent();
        return new Changes(draft, newer, known, at).told(draft, newer, pattern, known, upcoming, at);
    }

    private Optional<ClientNotice> told(
            Draft draft, Series series, boolean pattern, KnownDates known, List<Instant> upcoming, Instant at) {
        boolean asks = SeriesLetters.asks(draft, at);
        if (moved.isEmpty() && added.isEmpty() && cancelled.isEmpty()) {
            // A rule that ends later, in some years: the client's calendar has to know.
            return pattern
                    ? Optional.of(new ClientNotice.Change(
                            series, List.of(), List.of(), List.of(), ClientNotice.Rest.ANEW, upcoming, asks))
                    : Optional.empty();
        }
        ClientNotice.Rest others = stay.isEmpty() ? ClientNotice.Rest.NONE : ClientNotice.Rest.STAY;
        if (moved.isEmpty() && added.isEmpty() && cancelled.size() > 1 && !stay.isEmpty() && endsEarlier()) {
            return Optional.of(new ClientNotice.Change(
                    series,
                    List.of(),
                    cancelled.subList(0, 1),
                    List.of(),
                    ClientNotice.Rest.CANCELLED,
                    upcoming,
                    asks));
        }
        if (moved.isEmpty() && cancelled.isEmpty()) {
            return Optional.of(
                    new ClientNotice.Change(series, List.of(), List.of(), firsts(added), others, upcoming, asks));
        }
        if (moved.size() + added.size() + cancelled.size() <= NAMED && !(pattern && series.repeats())) {
            return Optional.of(new ClientNotice.Change(series, moved, cancelled, added, others, upcoming, asks));
        }
        return Optional.of(new ClientNotice.Change(
                series, first(draft, series, known, at), List.of(), List.of(), ClientNotice.Rest.ANEW, upcoming, asks));
    }

    private boolean endsEarlier() {
        return stay.stream().allMatch(cancelled.get(0)::isAfter);
    }

    private static List<Instant> firsts(List<Instant> all) {
        return all.subList(0, Math.min(NAMED, all.size()));
    }

    /** The next date that the client knows, and the next that there is. */
    private static List<ClientNotice.Shift> first(Draft draft, Series series, KnownDates known, Instant at) {
        Optional<TimeSpan> before = known.spans().values().stream()
                .filter(span -> span.until().isAfter(at))
                .min(Comparator.comparing(TimeSpan::from));
        Optional<TimeSpan> now =
                draft.windows(window -> window.key().uid().equals(series.uid()) && window.ahead()).stream()
                        .findFirst()
                        .map(Window::span);
        return before.isPresent() && now.isPresent() && !before.equals(now)
                ? List.of(new ClientNotice.Shift(before.get(), now.get()))
                : List.of();
    }
}
