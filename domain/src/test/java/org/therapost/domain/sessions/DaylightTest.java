package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;

/** docs/sessions.md section 6, with its dates. */
class DaylightTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static Couch inSpring(ZoneId client) {
        return new Couch(Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), client, "2026-03-02T09:00:00Z");
    }

    private static List<Instant> announced(List<ClientLetter> notices) {
        return notices.stream()
                .filter(ClientLetter.ClocksChange.class::isInstance)
                .map(notice -> ((ClientLetter.ClocksChange) notice).first())
                .toList();
    }

    @Test
    void weekly_at_eighteen_in_london_is_eighteen_utc_on_25_march_and_seventeen_on_1_april() {
        Couch couch = inSpring(Couch.LONDON).invites(Couch.event(Couch.UID, "2026-03-04T18:00", "FREQ=WEEKLY", 0));

        assertThat(couch.timetable.windows())
                .extracting(Window::opensAt)
                .contains(Instant.parse("2026-03-25T18:00:00Z"), Instant.parse("2026-04-01T17:00:00Z"));
    }

    @Test
    void half_past_one_on_29_march_does_not_exist_and_opens_at_half_past_two_summer_time() {
        Couch couch = inSpring(Couch.LONDON).invites(Couch.event(Couch.UID, "2026-03-29T01:30", "", 0));

        Window window = couch.window("2026-03-29T01:30:00Z");
        assertThat(WallClock.of(Couch.LONDON).local(window.opensAt()))
                .isEqualTo(LocalDateTime.parse("2026-03-29T02:30"));
        assertThat(window.length()).isEqualTo(Duration.ofMinutes(50));
        couch.at("2026-03-29T01:30:00Z");
        assertThat(couch.state("2026-03-29T01:30:00Z")).isEqualTo(WindowState.OPEN);
    }

    @Test
    void half_past_one_on_25_october_opens_in_summer_time_and_lasts_exactly_fifty_minutes() {
        Couch couch = new Couch(
                        Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), Couch.LONDON, "2026-10-01T09:00:00Z")
                .invites(Couch.event(Couch.UID, "2026-10-25T01:30", "", 0));

        Window window = couch.window("2026-10-25T00:30:00Z");
        assertThat(window.closesAt()).isEqualTo("2026-10-25T01:20:00Z");
    }

    @Test
    void the_night_of_25_october_in_a_daily_series_keeps_the_length_of_each_instance() {
        Couch couch = new Couch(
                        Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), Couch.LONDON, "2026-10-20T09:00:00Z")
                .invites(Couch.event(Couch.UID, "2026-10-21T01:30", "FREQ=DAILY;COUNT=10", 0));

        assertThat(couch.timetable.windows()).hasSize(10).allMatch(window -> window.length()
                .equals(Duration.ofMinutes(50)));
    }

    @Test
    void clocks_that_change_on_different_dates_are_announced_once_seven_days_before_the_first_shifted_session() {
        // The United States change on 8 March 2026, the United Kingdom on 29 March.
        Couch couch = inSpring(NEW_YORK).invites(Couch.event(Couch.UID, "2026-03-04T18:00", "FREQ=WEEKLY", 0));
        couch.at("2026-03-04T17:59:59Z");
        assertThat(announced(couch.told())).isEmpty();

        couch.at("2026-03-04T18:00:00Z");
        assertThat(announced(couch.told())).containsExactly(Instant.parse("2026-03-11T18:00:00Z"));
        assertThat(couch.notes()).contains(new TherapistNote.ClocksChange(Instant.parse("2026-03-11T18:00:00Z")));

        couch.all.clear();
        couch.at("2026-03-25T16:59:59Z");
        assertThat(announced(Couch.notices(couch.all))).isEmpty();

        // Back to the usual local time: 1 April is 17:00Z.
        couch.at("2026-03-25T17:00:00Z");
        assertThat(announced(couch.told())).containsExactly(Instant.parse("2026-04-01T17:00:00Z"));
        couch.all.clear();
        couch.at("2026-09-01T00:00:00Z");
        assertThat(announced(Couch.notices(couch.all))).isEmpty();
    }

    @Test
    void in_autumn_the_two_shifts_lie_exactly_a_week_apart_and_both_are_announced() {
        Couch couch = new Couch(Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), NEW_YORK, "2026-10-01T09:00:00Z")
                .invites(Couch.event(Couch.UID, "2026-10-07T18:00", "FREQ=WEEKLY", 0))
                .at("2026-11-20T00:00:00Z");

        assertThat(announced(Couch.notices(couch.all)))
                .containsExactly(Instant.parse("2026-10-28T18:00:00Z"), Instant.parse("2026-11-04T18:00:00Z"));
    }

    @Test
    void clocks_that_change_together_are_not_announced() {
        Couch couch = inSpring(ZoneId.of("Europe/Berlin"))
                .invites(Couch.event(Couch.UID, "2026-03-04T18:00", "FREQ=WEEKLY", 0))
                .at("2026-12-01T00:00:00Z");

        assertThat(announced(Couch.notices(couch.all))).isEmpty();
    }

    @Test
    void two_series_that_shift_together_are_announced_once() {
        Couch couch = inSpring(NEW_YORK)
                .invites(
                        Couch.event("tuesday@calendar.example", "2026-03-03T18:00", "FREQ=WEEKLY", 0),
                        Couch.event("thursday@calendar.example", "2026-03-05T18:00", "FREQ=WEEKLY", 0))
                .at("2026-03-20T00:00:00Z");

        assertThat(announced(Couch.notices(couch.all))).containsExactly(Instant.parse("2026-03-10T18:00:00Z"));
    }

    @Test
    void new_time_zone_data_moves_a_future_window_and_both_are_told() {
        Couch couch = inSpring(Couch.LONDON);
        Series london = Couch.event(Couch.UID, "2026-03-04T18:00", "FREQ=WEEKLY", 0);
        couch.invites(london).at("2026-03-10T09:00:00Z");
        String id = couch.window("2026-04-01T17:00:00Z").id().toString();

        // The clocks of this year stay as they are, says the new data.
        WallClock abolished = new WallClock(london.zone().name(), Optional.empty(), ZoneOffset.UTC.getRules());
        Timetable old = couch.timetable;
        Series moved = new Series(
                london.uid(),
                london.revision(),
                new Series.Pattern(
                        london.start(),
                        abolished,
                        london.length(),
                        london.rule(),
                        london.added(),
                        london.floating() ? Series.ZoneFrom.THERAPIST : Series.ZoneFrom.CALENDAR),
                london.excluded(),
                london.moved());
        couch.timetable =
                old.with(new Timetable.Calendar(List.of(moved), old.windows(), old.answers(), old.plannedTo()));
        couch.at("2026-03-10T09:01:00Z");

        assertThat(couch.window("2026-04-01T18:00:00Z").id()).hasToString(id);
        assertThat(announced(couch.told())).containsExactly(Instant.parse("2026-04-01T18:00:00Z"));
        assertThat(couch.notes()).contains(new TherapistNote.ClocksChange(Instant.parse("2026-04-01T18:00:00Z")));
        couch.at("2026-03-10T09:02:00Z");
        assertThat(couch.last).isEmpty();
    }
}
