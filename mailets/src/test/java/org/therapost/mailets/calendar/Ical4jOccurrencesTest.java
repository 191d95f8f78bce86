package org.therapost.mailets.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;

class Ical4jOccurrencesTest {

    private static final WallClock LONDON = WallClock.of(ZoneId.of("Europe/London"));
    private static final LocalDateTime END = LocalDateTime.parse("2046-01-01T00:00");

    private final Ical4jOccurrences occurrences = new Ical4jOccurrences();

    /** Rules and results of RFC 5545 section 3.8.5.3, and the days that only some months have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1997-09-02T09:00|FREQ=WEEKLY;COUNT=4;WKST=SU;BYDAY=TU,TH;INTERVAL=2|1997-09-02,1997-09-04,1997-09-16,1997-09-18",
                "1997-09-05T09:00|FREQ=MONTHLY;BYDAY=1FR|1997-09-05,1997-10-03,1997-11-07,1997-12-05",
                "1997-09-22T09:00|FREQ=MONTHLY;BYDAY=-2MO|1997-09-22,1997-10-20,1997-11-17,1997-12-22",
                "1997-09-04T09:00|FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3|1997-09-04,1997-10-07,1997-11-06",
                "1997-05-12T09:00|FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO|1997-05-12,1998-05-11,1999-05-17,2000-05-15",
                "1997-08-05T09:00|FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO|1997-08-05,1997-08-10,1997-08-19,1997-08-24",
                "1997-08-05T09:00|FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU|1997-08-05,1997-08-17,1997-08-19,1997-08-31",
                "2026-01-31T18:00|FREQ=MONTHLY|2026-01-31,2026-03-31,2026-05-31,2026-07-31",
                "2024-02-29T18:00|FREQ=YEARLY|2024-02-29,2028-02-29,2032-02-29,2036-02-29",
                "2024-02-29T18:00|FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29|2024-02-29,2028-02-29,2032-02-29,2036-02-29"
            })
    void rules_are_expanded_as_the_standard_does(LocalDateTime start, String rule, String days) {
        assertThat(occurrences.starts(series(start, rule), start, END, 4))
                .extracting(one -> one.toLocalDate().toString())
                .containsExactly(days.split(","));
    }

    @Test
    void ten_years_of_wednesdays_have_no_gap_wherever_one_begins_to_look() {
        LocalDateTime start = LocalDateTime.parse("2026-03-25T18:00");
        Series series = series(start, "FREQ=WEEKLY;BYDAY=WE");
        List<LocalDateTime> expected =
                IntStream.range(0, 520).mapToObj(start::plusWeeks).toList();

        assertThat(occurrences.starts(series, start, start.plusWeeks(520), 1_000))
                .isEqualTo(expected);
        for (int week = 0; week < 520; week += 13) {
            assertThat(occurrences.starts(series, start.plusWeeks(week).minusDays(week % 7), END, 2))
                    .isEqualTo(
                            expected.subList(week, Math.min(week + 2, 520)).size() == 2
                                    ? expected.subList(week, week + 2)
                                    : List.of(expected.get(week), start.plusWeeks(520)));
        }
    }

    @Test
    void added_excluded_and_moved_instances_count_and_until_includes_its_moment() {
        LocalDateTime start = LocalDateTime.parse("2026-03-25T18:00");
        Series series = new Series(
                "u",
                new Revision(0, Instant.EPOCH),
                new Series.Pattern(
                        start,
                        LONDON,
                        Duration.ofMinutes(50),
                        Optional.of("FREQ=WEEKLY;UNTIL=20260415T180000"),
                        Set.of(start.plusDays(2)),
                        Series.ZoneFrom.CALENDAR),
                Set.of(start.plusWeeks(1)),
                Map.of(
                        start.plusWeeks(2),
                        new Series.Instance(
                                start.plusYears(1), LONDON, Duration.ofHours(1), new Revision(1, Instant.EPOCH))));

        assertThat(occurrences.starts(series, start, END, 100))
                .containsExactly(start, start.plusDays(2), start.plusWeeks(2), start.plusWeeks(3));
    }

    @Test
    void a_weekly_session_keeps_its_local_time_when_clocks_change() {
        Series series = series(LocalDateTime.parse("2026-03-25T18:00"), "FREQ=WEEKLY");

        assertThat(occurrences.starts(series, series.start(), END, 2))
                .extracting(LONDON::instant)
                .containsExactly(Instant.parse("2026-03-25T18:00:00Z"), Instant.parse("2026-04-01T17:00:00Z"));
    }

    @Test
    void local_times_that_do_not_exist_or_come_twice_are_kept() {
        Series skipped = series(LocalDateTime.parse("2026-03-28T01:30"), "FREQ=DAILY;COUNT=3");
        Series twice = series(LocalDateTime.parse("2026-10-24T01:30"), "FREQ=DAILY;COUNT=3");

        assertThat(occurrences.starts(skipped, skipped.start(), END, 9))
                .extracting(LONDON::instant)
                .containsExactly(
                        Instant.parse("2026-03-28T01:30:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"));
        assertThat(occurrences.starts(twice, twice.start(), END, 9))
                .extracting(LONDON::instant)
                .element(1)
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void a_rule_that_never_comes_true_has_its_first_instance_and_ends() {
        Series never = series(LocalDateTime.parse("2026-03-25T18:00"), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");

        assertThat(occurrences.starts(never, never.start(), END, Integer.MAX_VALUE))
                .containsExactly(never.start());
    }

    private static Series series(LocalDateTime start, String rule) {
        return new Series(
                "u",
                new Revision(0, Instant.EPOCH),
                new Series.Pattern(
                        start, LONDON, Duration.ofMinutes(50), Optional.of(rule), Set.of(), Series.ZoneFrom.CALENDAR));
    }
}
