package org.therapost.domain.sessions;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was written in messaging hours, told to the therapist on Monday morning about the week before: only if the terms say
 * so, and not of a week without a word. Hours expect nobody, so nobody was absent.
 */
final class HoursWeek implements Rule {

    private static final LocalTime MORNING = LocalTime.of(8, 0);

    @Override
    public Optional<Instant> due(Draft draft) {
        Terms terms = draft.termsAt(draft.now);
        return untold(draft).stream()
                .map(Window::closesAt)
                .min(Comparator.naturalOrder())
                .map(closed -> mondayAfter(closed, terms.zone()));
    }

    private static Instant mondayAfter(Instant closed, ZoneId zone) {
        LocalDate day = closed.atZone(zone).toLocalDate();
        WallClock clock = WallClock.of(zone);
        Instant monday =
                clock.instant(day.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)).atTime(MORNING));
        return monday.isAfter(closed)
                ? monday
                : clock.instant(day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).atTime(MORNING));
    }

    private static List<Window> untold(Draft draft) {
        return draft.windows(window -> isUntold(draft, window));
    }

    /** Whether an ended window is still to be summed up, and so must not be forgotten. */
    static boolean isUntold(Draft draft, Window window) {
        return draft.termsAt(draft.now).hoursSummary() == HoursSummary.WEEKLY
                && window.kind() == WindowKind.HOURS
                && window.state() == WindowState.CLOSED
                && draft.notices
                        .summedUp()
                        .filter(until -> !window.closesAt().isAfter(until))
                        .isEmpty();
    }

    @Override
    public void happen(Draft draft, Instant at) {
        List<Window> week = untold(draft).stream()
                .filter(window -> !window.closesAt().isAfter(at))
                .toList();
        Window.Turns turns = week.stream().map(Window::turns).reduce(Window.Turns.NONE, Window.Turns::plus);
        draft.notices = draft.notices.summedUp(at);
        if (!turns.equals(Window.Turns.NONE)) {
            TimeSpan span = new TimeSpan(
                    week.get(0).opensAt(), week.get(week.size() - 1).closesAt());
            draft.tell(new TherapistNote.HoursOfWeek(span, turns));
        }
    }
}
