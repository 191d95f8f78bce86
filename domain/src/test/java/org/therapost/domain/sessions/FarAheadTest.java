package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;

/** What is agreed is kept however far ahead it lies, and what cannot be agreed is refused with the reason. */
class FarAheadTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-02");

    private static Instant at(LocalDateTime local) {
        return local.atZone(Couch.LONDON).toInstant();
    }

    private static Instant opening(Couch couch, LocalDateTime start) {
        couch.at(at(start).minusSeconds(1).toString());
        assertThat(couch.window(at(start).toString()).state()).isEqualTo(WindowState.PROPOSED);
        couch.at(at(start).toString());
        return couch.window(at(start).toString()).openedAt().orElseThrow();
    }

    @Property(tries = 200, seed = "20261128")
    void an_appointment_any_number_of_days_ahead_is_told_with_its_date_and_opens_at_its_time(
            @ForAll @IntRange(min = 1, max = 27_000) int days, @ForAll @IntRange(max = 1_439) int minute) {
        LocalDateTime start = TODAY.plusDays(days).atTime(LocalTime.ofSecondOfDay(minute * 60L));
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, start.toString(), "", 0));

        Instant opens = WallClock.of(Couch.LONDON).instant(start);
        assertThat(told(couch)).containsExactly(opens);
        assertThat(confirmed(couch)).containsExactly(opens);
        assertThat(couch.wake).hasValueSatisfying(wake -> assertThat(wake).isAfter(couch.now));

        couch.at(opens.minusSeconds(1).toString());
        assertThat(couch.state(opens.toString())).isEqualTo(WindowState.PROPOSED);
        couch.at(opens.toString());
        assertThat(couch.window(opens.toString()).openedAt()).contains(opens);
    }

    private static List<Instant> told(Couch couch) {
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Invitation.class);
        return ((ClientLetter.Invitation) couch.told().get(0)).upcoming();
    }

    private static List<Instant> confirmed(Couch couch) {
        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.Confirmed.class);
        return ((TherapistNote.Confirmed) couch.notes().get(0)).upcoming();
    }

    @Property(tries = 50, seed = "20261128")
    void an_appointment_that_is_moved_far_ahead_opens_there(
            @ForAll @IntRange(min = 1, max = 20_000) int first, @ForAll @IntRange(min = 1, max = 20_000) int then) {
        LocalDateTime before = TODAY.plusDays(first).atTime(18, 0);
        LocalDateTime after = TODAY.plusDays(then).atTime(19, 0);
        Couch couch = Couch.holding()
                .invites(Couch.event(Couch.UID, before.toString(), "", 0))
                .invites(Couch.event(Couch.UID, after.toString(), "", 1));

        assertThat(couch.state(at(before).toString())).isEqualTo(WindowState.SUPERSEDED);
        assertThat(opening(couch, after)).isEqualTo(at(after));
    }

    @Test
    void one_date_of_a_weekly_session_that_is_moved_to_the_year_after_next_opens_there() {
        LocalDateTime far = LocalDateTime.parse("2028-11-01T10:00");
        Couch couch = Couch.holding().invitesWeekly().moves(Couch.UID, "2026-11-11T18:00", far.toString(), 1);

        assertThat(couch.state("2026-11-11T18:00:00Z")).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.state("2026-11-18T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(opening(couch, far)).isEqualTo(at(far));
    }

    @Test
    void dates_named_one_by_one_are_kept_however_far_ahead() {
        Set<LocalDateTime> named = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> LocalDateTime.parse("2027-01-15T12:00").plusYears(10L * i))
                .collect(Collectors.toSet());
        Series dates = new Series(
                Couch.UID,
                new Revision(0, Instant.EPOCH),
                new Series.Pattern(
                        LocalDateTime.parse("2027-01-15T12:00"),
                        WallClock.of(Couch.LONDON),
                        Duration.ofMinutes(50),
                        Optional.empty(),
                        named,
                        Series.ZoneFrom.CALENDAR));
        Couch couch = Couch.holding().invites(dates);

        assertThat(couch.timetable.windows())
                .extracting(Window::opensAt)
                .containsAll(named.stream().map(FarAheadTest::at).toList());
    }

    @Test
    void a_weekly_session_without_end_is_planned_four_hundred_days_ahead_and_goes_on() {
        Couch couch = Couch.holding().invitesWeekly();
        assertThat(last(couch)).isBetween(Instant.parse("2027-11-29T00:00:00Z"), Instant.parse("2027-12-07T23:59:59Z"));

        couch.at("2027-06-02T12:00:00Z");
        assertThat(last(couch)).isBetween(Instant.parse("2028-05-30T00:00:00Z"), Instant.parse("2028-07-06T23:59:59Z"));
    }

    private static Instant last(Couch couch) {
        return couch.timetable
                .windows()
                .get(couch.timetable.windows().size() - 1)
                .opensAt();
    }

    @Test
    void a_weekly_session_that_begins_in_ten_years_is_told_with_its_first_dates() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2036-11-05T18:00", "FREQ=WEEKLY", 0));

        assertThat(told(couch)).startsWith(Instant.parse("2036-11-05T18:00:00Z"));
        assertThat(opening(couch, LocalDateTime.parse("2036-11-05T18:00")))
                .isEqualTo(Instant.parse("2036-11-05T18:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2101-01-01T10:00, '', 50, TOO_FAR",
        "2026-11-01T10:00, '', 50, PAST",
        "2026-11-02T08:00, '', 50, PAST",
        "2020-01-01T10:00, FREQ=WEEKLY;COUNT=3, 50, PAST",
        "2026-11-04T10:00, '', 1441, TOO_LONG",
        "2026-11-04T10:00, FREQ=WEEKLY, 1500, TOO_LONG"
    })
    void what_cannot_be_agreed_is_refused_with_the_reason(String start, String rule, int minutes, Reason reason) {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, Couch.LONDON, start, minutes, rule, 0));

        assertThat(couch.notes()).containsExactly(new TherapistNote.NotUnderstood(reason, Optional.empty()));
        assertThat(couch.told()).isEmpty();
        assertThat(couch.timetable.series()).isEmpty();
        assertThat(couch.timetable.windows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {135, 136})
    void more_than_five_hundred_windows_in_a_year_are_refused(int added) {
        Set<LocalDateTime> extra = IntStream.range(0, added)
                .mapToObj(day -> LocalDateTime.parse("2026-11-04T20:00").plusDays(day))
                .collect(Collectors.toSet());
        Series daily = Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=DAILY", 0);
        Couch couch = Couch.holding()
                .invites(new Series(
                        daily.uid(),
                        daily.revision(),
                        new Series.Pattern(
                                daily.start(),
                                daily.zone(),
                                daily.length(),
                                daily.rule(),
                                extra,
                                Series.ZoneFrom.CALENDAR)));

        // 365 dates of the rule lie within a year.
        boolean refused = couch.notes().contains(new TherapistNote.NotUnderstood(Reason.TOO_MANY, Optional.empty()));
        assertThat(refused).isEqualTo(365 + added > 500);
    }

    @Test
    void an_update_that_cannot_be_agreed_leaves_the_appointment_as_it_was() {
        Couch couch = Couch.holding()
                .invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0))
                .invites(Couch.event(Couch.UID, "2026-10-04T18:00", "", 1));

        assertThat(couch.notes()).containsExactly(new TherapistNote.NotUnderstood(Reason.PAST, Optional.empty()));
        assertThat(couch.told()).isEmpty();
        assertThat(couch.state("2026-11-04T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
    }

    @Test
    void a_weekly_session_that_began_last_year_goes_on() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2025-11-05T18:00", "FREQ=WEEKLY", 0));

        assertThat(told(couch)).startsWith(Instant.parse("2026-11-04T18:00:00Z"));
    }
}
