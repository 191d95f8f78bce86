package org.therapost.domain.sessions.engine.series;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/**
 * If the clocks of the two parties change on different dates, a session keeps its local time for one of
 * them only. Both are told once, a week before the first session that is shifted for the client.
 */
public final class ClockChangeNotice implements TimedRule {

    private static final Duration AHEAD = Duration.ofDays(7);

    /** Several series that shift with the same change of clocks cause one letter. */
    private static final Duration SAME = Duration.ofDays(6);

    @Override
    public Optional<Instant> due(StepView step) {
        return shifted(step).map(window -> window.opensAt().minus(AHEAD));
    }

    private static Optional<Window> shifted(StepView step) {
        return step.windows(window -> window.ahead() && untold(step, window) && isShifted(step, window)).stream()
                .findFirst();
    }

    private static boolean untold(StepView step, Window window) {
        return step.notices()
                .clocks()
                .filter(told -> window.opensAt().isBefore(told.plus(SAME)))
                .isEmpty();
    }

    private static boolean isShifted(StepView step, Window window) {
        return step.series(window.key().uid())
                .flatMap(series -> before(step, window)
                        .map(usual -> difference(step, series, usual) != difference(step, series, window)))
                .orElse(false);
    }

    /** The instance before, whose local time is the one that the client knows. */
    private static Optional<Window> before(StepView step, Window window) {
        return step
                .windows(other -> other.key().uid().equals(window.key().uid())
                        && other.state() != WindowState.SUPERSEDED
                        && other.opensAt().isBefore(window.opensAt()))
                .stream()
                .max(Comparator.comparing(Window::opensAt));
    }

    /** By how many seconds the clock of the series is ahead of the client's. */
    private static int difference(StepView step, Series series, Window window) {
        Instant opens = window.opensAt();
        int clients = step.client().zone().getRules().getOffset(opens).getTotalSeconds();
        return series.instance(WindowPlanning.original(series, window))
                        .zone()
                        .offset(opens)
                        .getTotalSeconds()
                - clients;
    }

    @Override
    public void happen(StepBuilder stepBuilder, Instant at) {
        Instant first = shifted(stepBuilder).orElseThrow().opensAt();
        stepBuilder.note(log -> log.clocksChange(first));
        stepBuilder.tell(new TherapistNote.ClocksChange(first));
        stepBuilder.tell(new ClientLetter.ClocksChange(first));
    }
}
