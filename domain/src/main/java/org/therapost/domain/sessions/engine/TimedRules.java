package org.therapost.domain.sessions.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.sessions.engine.series.ClockChangeNotice;
import org.therapost.domain.sessions.engine.series.SeriesLetters;
import org.therapost.domain.sessions.engine.series.WindowPlanning;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;
import org.therapost.domain.sessions.step.WeeklyHoursNote;

/**
 * Applies the rules of time: what is due happens one after the other, each at its own instant, also if the
 * server notices late.
 */
final class TimedRules {

    private static final int TOO_MANY = 100_000;

    private final List<TimedRule> rules;

    TimedRules(WindowPlanning windowPlanning) {
        this.rules = Stream.of(
                        windowPlanning.rules(),
                        WindowLifecycle.rules(),
                        SeriesLetters.rules(windowPlanning),
                        HeldMailRelease.rules(),
                        ReturnedMail.rules(),
                        ClosedPeriodNotices.rules(),
                        CycleDeadlines.rules(),
                        List.<TimedRule>of(new ClockChangeNotice(), new WeeklyHoursNote()))
                .flatMap(List::stream)
                .toList();
    }

    /** Makes everything happen that is due up to the instant of the draft. */
    void pass(StepBuilder stepBuilder) {
        for (int steps = 0; steps < TOO_MANY; steps++) {
            Optional<Due> next = next(stepBuilder).filter(due -> !due.at().isAfter(stepBuilder.now()));
            if (next.isEmpty()) {
                return;
            }
            next.get().rule().happen(stepBuilder, stepBuilder.reach(next.get().at()));
        }
        throw new IllegalStateException("time does not pass");
    }

    /** When time alone makes the next step. */
    Optional<Instant> wake(StepView step) {
        Stream<Instant> terms = step.terms().stream().map(Terms::since).filter(step.now()::isBefore);
        return Stream.concat(next(step).map(Due::at).stream(), terms).min(Comparator.naturalOrder());
    }

    private Optional<Due> next(StepView step) {
        // The earliest due rule; of several at one instant the first in the order of the rules.
        return rules.stream()
                .flatMap(rule -> rule.due(step).map(at -> new Due(rule, step.notBefore(at))).stream())
                .min(Comparator.comparing(Due::at));
    }

    private record Due(TimedRule rule, Instant at) {}
}
