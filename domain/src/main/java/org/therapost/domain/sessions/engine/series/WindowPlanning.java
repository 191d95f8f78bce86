package org.therapost.domain.sessions.engine.series;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/**
 * Makes windows of series. Dates that are named one by one are planned however far ahead they lie. Dates of
 * a rule are planned 400 days ahead, rolling, and at least the next one. A future window always follows its
 * series, so new time-zone data moves it.
 */
public final class WindowPlanning {

    private static final Duration HORIZON = Duration.ofDays(400);
    private static final Duration REFRESH = Duration.ofDays(370);
    private static final Duration FORGET = Duration.ofDays(60);

    /** Windows of one series within the horizon; {@link SeriesLimits} lets fewer pass. */
    private static final int AT_MOST = 800;

    /** No instance begins then or later. */
    private static final LocalDateTime END = LocalDateTime.of(Series.LAST_YEAR + 1, 1, 1, 0, 0);

    private static final Comparator<Planned> BY_OPEN =
            Comparator.comparing(planned -> planned.span().from());

    private final Occurrences occurrences;

    public WindowPlanning(Occurrences occurrences) {
        this.occurrences = occurrences;
    }

    public List<TimedRule> rules() {
        return List.of(new NewZoneData(), new Horizon());
    }

    /** One instance as its series has it. */
    record Planned(WindowKey key, LocalDateTime original, Revision revision, TimeSpan span) {}

    /** Up to when windows are planned; reaches forward if nothing was planned so far. */
    static Instant horizon(StepBuilder stepBuilder, Instant at) {
        Instant horizon = stepBuilder
                .plannedTo()
                .filter(to -> to.isAfter(at.plus(REFRESH)))
                .orElse(at.plus(HORIZON));
        stepBuilder.plannedTo(horizon);
        return horizon;
    }

    /**
     * The instances that end after an instant: of a rule, those that open before another one, and at least the next; all
     * others, however far ahead.
     */
    List<Planned> instances(Series series, Instant after, Instant until) {
        Set<LocalDateTime> named = named(series);
        LocalDateTime from = series.zone().local(after).minus(series.length()).minusDays(1);
        LocalDateTime to = series.zone().local(until).plusDays(1);
        List<Planned> near = ahead(series, Stream.concat(named.stream(), ruled(series, from, to, AT_MOST)), after)
                .filter(planned -> named.contains(planned.original())
                        || planned.span().from().isBefore(until))
                .toList();
        if (series.rule().isEmpty()
                || near.stream().anyMatch(planned -> planned.span().from().isBefore(until))) {
            return near;
        }
        Stream<Planned> next = ahead(series, ruled(series, from, END, 2), after).limit(1);
        return Stream.concat(near.stream(), next).distinct().sorted(BY_OPEN).toList();
    }

    private Stream<Planned> ahead(Series series, Stream<LocalDateTime> originals, Instant after) {
        return spans(series, originals)
                .filter(planned -> planned.span().until().isAfter(after))
                .sorted(BY_OPEN);
    }

    /** Original starts that stand in the series one by one. */
    private static Set<LocalDateTime> named(Series series) {
        Set<LocalDateTime> named = new HashSet<>(series.added());
        if (!series.repeats() && series.moved().isEmpty()) {
            named.add(series.start());
        }
        named.addAll(series.moved().keySet());
        named.removeAll(series.excluded());
        return named;
    }

    private Stream<LocalDateTime> ruled(Series series, LocalDateTime from, LocalDateTime until, int atMost) {
        return series.repeats() && from.isBefore(END)
                ? occurrences.starts(series, from, until.isBefore(END) ? until : END, atMost).stream()
                : Stream.empty();
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
    void plan(StepBuilder stepBuilder, Series series, Instant at, Instant horizon) {
        for (Planned planned : instances(series, at, horizon)) {
            boolean known = stepBuilder.windows().stream()
                    .anyMatch(window -> window.key().equals(planned.key())
                            && (!window.state().ended() || hasTakenPlace(window, planned)));
            if (!known && !InvitationAnswers.declined(stepBuilder, planned)) {
                Window window = window(stepBuilder, planned, at);
                stepBuilder.put(InvitationAnswers.accepted(stepBuilder, planned) ? window.accepted() : window);
            }
        }
    }

    /** A clock that was set back does not let a window take place again. */
    private static boolean hasTakenPlace(Window window, Planned planned) {
        return window.state() == WindowState.CLOSED
                && window.opensAt().equals(planned.span().from());
    }

    static Window window(StepView step, Planned planned, Instant at) {
        Window window = Window.planned(
                WindowId.of(step.thread(), planned.key(), planned.span().from(), at),
                planned.key(),
                step.kind(at),
                planned.revision(),
                planned.span());
        // Hours need no answer.
        return window.isAppointment() ? window : window.accepted();
    }

    /** The original start of a window of a series. */
    static LocalDateTime original(Series series, Window window) {
        return window.key().recurrenceId().orElse(series.start());
    }

    /** The horizon has come near. */
    private final class Horizon implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.series().isEmpty()
                    ? Optional.empty()
                    : Optional.of(step.plannedTo().map(to -> to.minus(REFRESH)).orElseGet(step::clock));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            // After a long outage the missed windows are planned as well, and end as an outage.
            Instant from = stepBuilder.plannedTo().filter(to -> to.isBefore(at)).orElse(at);
            Instant horizon = at.plus(HORIZON);
            stepBuilder.plannedTo(horizon);
            for (Series one : List.copyOf(stepBuilder.series())) {
                plan(stepBuilder, one, from, horizon);
                boolean live = stepBuilder.windows().stream()
                        .anyMatch(window -> window.key().uid().equals(one.uid()));
                if (!live && one.revision().stamp().isBefore(at.minus(FORGET))) {
                    stepBuilder.forget(one);
                }
            }
        }
    }

    /** The rules of a zone have changed, and with them the instant of an agreed local time. */
    private static final class NewZoneData implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return moved(step).isEmpty() ? Optional.empty() : Optional.of(step.clock());
        }

        private static List<Window> moved(StepView step) {
            return step.windows(Window::ahead).stream()
                    .flatMap(window -> step.series(window.key().uid()).stream()
                            .map(series -> series.span(original(series, window)))
                            .filter(span -> !span.from().equals(window.opensAt())
                                    || !span.until().equals(window.closesAt()))
                            .map(window::at))
                    .toList();
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            List<Window> moved = moved(stepBuilder);
            moved.forEach(stepBuilder::put);
            Instant first = moved.stream()
                    .map(Window::opensAt)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            stepBuilder.note(log -> log.clocksChange(first));
            stepBuilder.tell(new TherapistNote.ClocksChange(first));
            stepBuilder.tell(new ClientLetter.ClocksChange(first));
        }
    }
}
