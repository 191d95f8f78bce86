package org.therapost.domain.sessions.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sessions.Couch;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Window;

/** docs/sessions.md section 2: of messaging hours one weekly summary at most, if the therapist wants it. */
class WeeklyHoursNoteTest {

    private static Couch couch(HoursSummary summary) {
        return new Couch(Couch.hours("2026-01-01T00:00:00Z", summary), Couch.LONDON, "2026-11-02T09:00:00Z")
                .invites(Couch.event("hours@calendar.example", "2026-11-02T12:00", "FREQ=DAILY;COUNT=28", 0));
    }

    private static List<TherapistNote> weeks(Couch couch) {
        return Couch.notes(couch.all).stream()
                .filter(TherapistNote.HoursOfWeek.class::isInstance)
                .toList();
    }

    private static void wrote(Couch couch, String... at) {
        for (String instant : at) {
            couch.at(instant).writesWords(30);
            couch.writesBack();
        }
    }

    @Test
    void nobody_is_told_who_did_not_ask_for_it() {
        Couch couch = couch(
                Couch.terms(ThreadMode.MESSAGING, OutsideMailPolicy.DELIVER).hoursSummary());
        wrote(couch, "2026-11-02T12:10:00Z", "2026-11-09T12:10:00Z");
        couch.at("2026-12-01T09:00:00Z");

        assertThat(weeks(couch)).isEmpty();
    }

    @Test
    void a_week_is_summed_up_on_monday_morning_and_told_once() {
        Couch couch = couch(HoursSummary.WEEKLY);
        wrote(couch, "2026-11-02T12:10:00Z", "2026-11-05T12:20:00Z", "2026-11-08T12:30:00Z");
        couch.at("2026-11-09T07:59:59Z");
        assertThat(weeks(couch)).isEmpty();

        couch.at("2026-11-09T08:00:00Z");
        TimeSpan week = new TimeSpan(Instant.parse("2026-11-02T12:00:00Z"), Instant.parse("2026-11-08T12:50:00Z"));
        assertThat(couch.notes())
                .containsExactly(new TherapistNote.HoursOfWeek(week, new Window.Turns(3, 3, 3 * (30 + 40))));
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-15T00:00:00Z");
        assertThat(weeks(couch)).hasSize(1);
    }

    @Test
    void a_week_without_a_word_is_told_to_nobody() {
        Couch couch = couch(HoursSummary.WEEKLY);
        couch.at("2026-12-01T09:00:00Z");

        assertThat(weeks(couch)).isEmpty();
    }

    @Test
    void after_an_outage_of_weeks_each_week_is_told_and_none_twice() {
        Couch couch = couch(HoursSummary.WEEKLY);
        wrote(couch, "2026-11-02T12:10:00Z", "2026-11-12T12:10:00Z");
        couch.at("2026-12-01T09:00:00Z");

        assertThat(weeks(couch)).hasSize(2);
    }

    @Test
    void it_is_monday_morning_of_the_therapists_clock_also_when_clocks_change() {
        Couch couch = new Couch(
                        Couch.hours("2026-01-01T00:00:00Z", HoursSummary.WEEKLY), Couch.LONDON, "2026-10-24T09:00:00Z")
                .invites(Couch.event("hours@calendar.example", "2026-10-24T12:00", "FREQ=DAILY;COUNT=28", 0));
        wrote(couch, "2026-10-24T11:10:00Z");
        couch.at("2026-10-26T07:59:59Z");
        assertThat(weeks(couch)).isEmpty();
        couch.at("2026-10-26T08:00:00Z");
        assertThat(weeks(couch)).hasSize(1);
    }

    @Test
    void what_is_to_be_summed_up_is_not_forgotten_and_afterwards_it_is() {
        Couch couch = couch(HoursSummary.WEEKLY);
        wrote(couch, "2026-11-02T12:10:00Z");
        couch.at("2026-11-08T23:00:00Z");
        assertThat(couch.timetable.windows())
                .filteredOn(window -> window.state().ended())
                .hasSize(7);
        couch.at("2026-11-20T09:00:00Z");
        assertThat(couch.timetable.windows())
                .filteredOn(window -> window.state().ended())
                .hasSizeLessThan(7);
    }
}
