package org.therapost.domain.sessions.step;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowState;

/**
 * What was written in messaging hours, told to the therapist on Monday morning about the week before: only if the terms say
 * so, and not of a week without a word. Hours expect nobody, so nobody was absent.
 */
public final class WeeklyHoursNote implements TimedRule {

    private static final LocalTime MORNING = LocalTime.of(8, 0);

    @Override
    public Optional<Instant> due(StepView step) {
        Terms terms = step.termsAt(step.now());
        return untold(step).stream()
                .map(Window::closesAt)
                .min(Comparator.naturalOrder())
                .map(closed -> mondayAfter(closed, terms.zone()));
    }

    private static Instant mondayAfter(Instant closed, ZoneId zone) {
        LocalDate day = closed.atZone(zone).toLocalDate();
        WallClock clock = WallClock.of(zone);
        Instant monday = clock.instant(
                day.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)).atTime(MORNING));
        return monday.isAfter(closed)
                ? monday
                : clock.instant(
                        day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(MORNING));
    }

    private static List<Window> untold(StepView step) {
        return step.windows(window -> isUntold(step, window));
    }

    /** Whether an ended window is still to be summed up, and so must not be forgotten. */
    static boolean isUntold(StepView step, Window window) {
        return step.termsAt(step.now()).hoursSummary() == HoursSummary.WEEKLY
                && window.kind() == WindowKind.HOURS
                && window.state() == WindowState.CLOSED
                && step.notices()
                        .summedUp()
                        .filter(until -> !window.closesAt().isAfter(until))
                        .isEmpty();
    }

    @Override
    public void happen(StepBuilder stepBuilder, Instant at) {
        List<Window> week = untold(stepBuilder).stream()
                .filter(window -> !window.closesAt().isAfter(at))
                .toList();
        Window.Turns turns = week.stream().map(Window::turns).reduce(Window.Turns.NONE, Window.Turns::plus);
        stepBuilder.note(log -> log.summedUp(at));
        if (!turns.equals(Window.Turns.NONE)) {
            TimeSpan span = new TimeSpan(
                    week.get(0).opensAt(), week.get(week.size() - 1).closesAt());
            stepBuilder.tell(new TherapistNote.HoursOfWeek(span, turns));
        }
    }
}
