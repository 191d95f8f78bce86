package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes windows of series: all that open in the next two months, and of each series at least the next. A window in the
 * future is always where its series has it, so that new time-zone data moves it.
 */
final class Planning {

    private static final Duration HORIZON = Duration.ofDays(60);
    private static final Duration REFRESH = Duration.ofDays(30);
    private static final Duration FORGET = Duration.ofDays(60);
    private static final int AT_MOST = 400;
    private static final int YEARS = 12;

    private final Occurrences occurrences;

    Planning(Occurrences occurrences) {
        this.occurrences = occurrences;
    }

    List<Rule> rules() {
        return List.of(new NewZoneData(), new Horizon());
    }

    /** One instance as its series has it. */
    record Planned(WindowKey key, LocalDateTime original, Revision revision, Timetable.Span span) {}

    /** Up to when windows are planned; reaches forward if nothing was planned so far. */
    static Instant horizon(Draft draft, Instant at) {
        Instant horizon =
                draft.plannedTo.filter(to -> to.isAfter(at.plus(REFRESH))).orElse(at.plus(HORIZON));
        draft.plannedTo = Optional.of(horizon);
        return horizon;
    }

    /** The instances that end after an instant and open before another one; at least the next, if there is one. */
    List<Planned> instances(Series series, Instant after, Instant until) {
        List<Planned> near = spans(series, originals(series, after, until))
                .filter(planned -> planned.span().until().isAfter(after))
                .filter(planned -> planned.span().from().isBefore(until))
                .sorted(Comparator.comparing(planned -> planned.span().from()))
                .toList();
        if (!near.isEmpty() || !series.repeats()) {
            return near;
        }
        LocalDateTime from = series.zone().local(after);
        List<LocalDateTime> later = occurrences.starts(series, from, from.plusYears(YEARS), 1);
        return spans(series, Stream.concat(later.stream(), series.moved().keySet().stream()))
                .filter(planned -> planned.span().until().isAfter(after))
                .min(Comparator.comparing(planned -> planned.span().from()))
                .stream()
                .toList();
    }

    private Stream<LocalDateTime> originals(Series series, Instant after, Instant until) {
        if (!series.repeats()) {
            Stream<LocalDateTime> own =
                    series.moved().isEmpty() ? Stream.of(series.start()) : series.moved().keySet().stream();
            return own.filter(start -> !series.excluded().contains(start));
        }
        LocalDateTime from = series.zone().local(after).minus(series.length()).minusDays(1);
        LocalDateTime to = series.zone().local(until).plusDays(1);
        Set<LocalDateTime> all = new HashSet<>(occurrences.starts(series, from, to, AT_MOST));
        series.moved().keySet().stream()
                .filter(original -> !series.excluded().contains(original))
                .forEach(all::add);
        return all.stream();
    }

    private static Stream<Planned> spans(Series series, Stream<LocalDateTime> originals) {
        return originals
                .distinct()
                .map(original -> new Planned(
                        series.key(original),
                        original,
                        series.instance(original).revision(),
                        series.span(original)));
    }

    /** Makes the windows of a series that do not exist yet. */
    void plan(Draft draft, Series series, Instant at, Instant horizon) {
        for (Planned planned : instances(series, at, horizon)) {
            boolean known = draft.windows.stream()
                    .anyMatch(window -> window.key().equals(planned.key())
                            && (!window.state().ended() || hasTakenPlace(window, planned)));
            if (!known && !Answers.declined(draft, planned)) {
                Window window = window(draft, planned, at);
                draft.put(Answers.accepted(draft, planned) ? window.answered(true) : window);
            }
        }
    }

    /** A clock that was set back does not let a window take place again. */
    private static boolean hasTakenPlace(Window window, Planned planned) {
        return window.state() == WindowState.CLOSED
                && window.opensAt().equals(planned.span().from());
    }

    static Window window(Draft draft, Planned planned, Instant at) {
        WindowKind kind = draft.termsAt(at).mode() == Mode.MESSAGING ? WindowKind.HOURS : WindowKind.LIVE;
        return Window.planned(
                WindowId.of(draft.thread, planned.key(), planned.span().from(), at),
                planned.key(),
                kind,
                planned.revision(),
                planned.span());
    }

    /** The original start of a window of a series. */
    static LocalDateTime original(Series series, Window window) {
        return window.key().recurrenceId().orElse(series.start());
    }

    /** The horizon has come near. */
    private final class Horizon implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.series.isEmpty()
                    ? Optional.empty()
                    : Optional.of(draft.plannedTo.map(to -> to.minus(REFRESH)).orElseGet(draft::clock));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            // After a long outage what was missed is planned as well: those windows end as an outage.
            Instant from = draft.plannedTo.filter(to -> to.isBefore(at)).orElse(at);
            Instant horizon = at.plus(HORIZON);
            draft.plannedTo = Optional.of(horizon);
            for (Series one : List.copyOf(draft.series)) {
                plan(draft, one, from, horizon);
                boolean live = draft.windows.stream()
                        .anyMatch(window -> window.key().uid().equals(one.uid()));
                if (!live && one.revision().stamp().isBefore(at.minus(FORGET))) {
                    draft.series.remove(one);
                    draft.answers.removeIf(answer -> answer.key().uid().equals(one.uid()));
                }
            }
        }
    }

    /** The rules of a zone have changed, and with them the instant of an agreed local time. */
    private static final class NewZoneData implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return moved(draft).isEmpty() ? Optional.empty() : Optional.of(draft.clock());
        }

        private static List<Window> moved(Draft draft) {
            return draft.windows(Window::ahead).stream()
                    .flatMap(window -> draft.series(window.key().uid()).stream()
                            .map(series -> series.span(original(series, window)))
                            .filter(span -> !span.from().equals(window.opensAt())
                                    || !span.until().equals(window.closesAt()))
                            .map(window::at))
                    .toList();
        }

        @Override
        public void happen(Draft draft, Instant at) {
            List<Window> moved = moved(draft);
            moved.forEach(draft::put);
            Instant first = moved.stream()
                    .map(Window::opensAt)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            draft.notices = draft.notices.clocksChange(first);
            draft.tell(new TherapistNote.ClocksChange(first));
            draft.tell(new ClientNotice.ClocksChange(first));
        }
    }
}
