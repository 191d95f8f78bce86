package org.therapost.domain.sessions.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every expansion of recurrence rules does. */
public abstract class OccurrencesContract {

    private static final LocalDateTime WEDNESDAY = LocalDateTime.parse("2026-03-04T18:00");
    private static final LocalDateTime LATER = LocalDateTime.parse("2027-01-01T00:00");

    protected abstract Occurrences occurrences();

    private static Series series(String rule, Set<LocalDateTime> added, Set<LocalDateTime> excluded) {
        return new Series(
                "contract@calendar.example",
                new Revision(0, Instant.parse("2026-03-01T09:00:00Z")),
                new Series.Pattern(
                        WEDNESDAY,
                        WallClock.of(ZoneId.of("Europe/London")),
                        Duration.ofMinutes(50),
                        rule.isEmpty() ? Optional.empty() : Optional.of(rule),
                        added,
                        Series.ZoneFrom.CALENDAR),
                excluded,
                Map.of());
    }

    private List<LocalDateTime> starts(Series series, int limit) {
        return occurrences().starts(series, WEDNESDAY, LATER, limit);
    }

    private static LocalDateTime at(String day) {
        return LocalDateTime.parse(day + "T18:00");
    }

    @Test
    void a_weekly_rule_keeps_its_local_time_when_the_clocks_change() {
        assertThat(starts(series("FREQ=WEEKLY", Set.of(), Set.of()), 5))
                .containsExactly(
                        at("2026-03-04"), at("2026-03-11"), at("2026-03-18"), at("2026-03-25"), at("2026-04-01"));
    }

    @Test
    void an_interval_and_days_of_the_week_are_kept() {
        assertThat(starts(series("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", Set.of(), Set.of()), 4))
                .containsExactly(at("2026-03-04"), at("2026-03-16"), at("2026-03-18"), at("2026-03-30"));
    }

    @Test
    void a_count_counts_what_is_excluded_too() {
        assertThat(starts(series("FREQ=WEEKLY;COUNT=3", Set.of(), Set.of(at("2026-03-11"))), 10))
                .containsExactly(at("2026-03-04"), at("2026-03-18"));
    }

    @Test
    void an_until_includes_its_last_instance() {
        assertThat(starts(series("FREQ=WEEKLY;UNTIL=20260318T180000", Set.of(), Set.of()), 10))
                .containsExactly(at("2026-03-04"), at("2026-03-11"), at("2026-03-18"));
    }

    @Test
    void added_dates_come_in_their_place() {
        assertThat(starts(series("FREQ=WEEKLY;COUNT=2", Set.of(at("2026-03-06")), Set.of()), 10))
                .containsExactly(at("2026-03-04"), at("2026-03-06"), at("2026-03-11"));
    }

    @Test
    void without_a_rule_there_is_the_start_and_what_was_added() {
        assertThat(starts(series("", Set.of(at("2026-03-20")), Set.of()), 10))
                .containsExactly(at("2026-03-04"), at("2026-03-20"));
    }

    @Test
    void the_span_is_half_open_and_the_limit_holds() {
        Series weekly = series("FREQ=WEEKLY", Set.of(), Set.of());
        assertThat(occurrences().starts(weekly, at("2026-03-11"), at("2026-03-25"), 10))
                .containsExactly(at("2026-03-11"), at("2026-03-18"));
        assertThat(starts(weekly, 1)).containsExactly(at("2026-03-04"));
    }

    @Test
    void ten_years_of_weeks_are_522() {
        List<LocalDateTime> decade = occurrences()
                .starts(series("FREQ=WEEKLY", Set.of(), Set.of()), WEDNESDAY, WEDNESDAY.plusYears(10), 1_000);
        assertThat(decade).hasSize(522).isSorted();
    }
}
