package org.therapost.domain.sessions.engine.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.step.StepView;

/** Compares the dates of an event with those that its client knows, and says what has changed. */
final class SeriesChanges {

    /** More dates than these are told as a whole. */
    private static final int NAMED = 3;

    private final List<ClientLetter.Shift> moved = new ArrayList<>();
    private final List<Instant> cancelled = new ArrayList<>();
    private final List<Instant> added = new ArrayList<>();
    private final List<Instant> stay = new ArrayList<>();

    private SeriesChanges(StepView step, Series series, DatesKnownToClient known, Instant at) {
        List<Window> live = step.windows(window ->
                window.key().uid().equals(series.uid()) && !window.state().ended());
        for (Window window : live) {
            Optional<TimeSpan> before = known.span(window.key());
            if (before.isEmpty()) {
                added.add(window.opensAt());
            } else if (before.get().equals(window.span())) {
                stay.add(window.opensAt());
            } else {
                moved.add(new ClientLetter.Shift(before.get(), window.span()));
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
    static Optional<ClientLetter> since(
            StepView step,
            Optional<Series> older,
            Series newer,
            DatesKnownToClient known,
            List<Instant> upcoming,
            Instant at) {
        boolean pattern = older.filter(series -> !series.samePattern(newer)).isPresent();
        return new SeriesChanges(step, newer, known, at).told(step, newer, pattern, known, upcoming, at);
    }

    private Optional<ClientLetter> told(
            StepView step,
            Series series,
            boolean pattern,
            DatesKnownToClient known,
            List<Instant> upcoming,
            Instant at) {
        boolean asks = SeriesLetters.asks(step, at);
        if (moved.isEmpty() && added.isEmpty() && cancelled.isEmpty()) {
            // A rule that ends later, in some years: the client's calendar has to know.
            return pattern
                    ? Optional.of(new ClientLetter.Change(series, ClientLetter.Differences.ALL_ANEW, upcoming, asks))
                    : Optional.empty();
        }
        ClientLetter.Rest others = stay.isEmpty() ? ClientLetter.Rest.NONE : ClientLetter.Rest.STAY;
        if (moved.isEmpty() && added.isEmpty() && cancelled.size() > 1 && !stay.isEmpty() && endsEarlier()) {
            return Optional.of(new ClientLetter.Change(
                    series,
                    new ClientLetter.Differences(
                            List.of(), cancelled.subList(0, 1), List.of(), ClientLetter.Rest.CANCELLED),
                    upcoming,
                    asks));
        }
        if (moved.isEmpty() && cancelled.isEmpty()) {
            return Optional.of(new ClientLetter.Change(
                    series, new ClientLetter.Differences(List.of(), List.of(), firsts(added), others), upcoming, asks));
        }
        if (moved.size() + added.size() + cancelled.size() <= NAMED && !(pattern && series.repeats())) {
            return Optional.of(new ClientLetter.Change(
                    series, new ClientLetter.Differences(moved, cancelled, added, others), upcoming, asks));
        }
        return Optional.of(new ClientLetter.Change(
                series,
                new ClientLetter.Differences(
                        first(step, series, known, at), List.of(), List.of(), ClientLetter.Rest.ANEW),
                upcoming,
                asks));
    }

    private boolean endsEarlier() {
        return stay.stream().allMatch(cancelled.get(0)::isAfter);
    }

    private static List<Instant> firsts(List<Instant> all) {
        return all.subList(0, Math.min(NAMED, all.size()));
    }

    /** The next date that the client knows, and the next that there is. */
    private static List<ClientLetter.Shift> first(StepView step, Series series, DatesKnownToClient known, Instant at) {
        Optional<TimeSpan> before = known.spans().values().stream()
                .filter(span -> span.until().isAfter(at))
                .min(Comparator.comparing(TimeSpan::from));
        Optional<TimeSpan> now =
                step.windows(window -> window.key().uid().equals(series.uid()) && window.ahead()).stream()
                        .findFirst()
                        .map(Window::span);
        return before.isPresent() && now.isPresent() && !before.equals(now)
                ? List.of(new ClientLetter.Shift(before.get(), now.get()))
                : List.of();
    }
}
