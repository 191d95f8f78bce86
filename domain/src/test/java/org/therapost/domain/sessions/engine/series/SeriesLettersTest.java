package org.therapost.domain.sessions.engine.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sessions.Couch;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;

/** docs/sessions.md section 2: a change is told as a change, once, and only to a client who knows what changed. */
class SeriesLettersTest {

    private static TimeSpan span(String opens) {
        Instant at = Instant.parse(opens);
        return new TimeSpan(at, at.plus(Duration.ofMinutes(50)));
    }

    private static ClientLetter.Change change(Couch couch) {
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Change.class);
        return (ClientLetter.Change) couch.told().get(0);
    }

    private static Series.Told heard(Couch couch) {
        return couch.timetable.series().get(0).told();
    }

    @Test
    void one_date_that_moves_is_told_with_both_times_and_that_the_others_stay() {
        Couch couch = Couch.holding().invitesWeekly().moves(Couch.UID, "2026-12-02T18:00", "2026-12-03T19:00", 1);

        ClientLetter.Change change = change(couch);
        assertThat(change.moved())
                .containsExactly(new ClientLetter.Shift(span("2026-12-02T18:00:00Z"), span("2026-12-03T19:00:00Z")));
        assertThat(change.rest()).isEqualTo(ClientLetter.Rest.STAY);
        assertThat(change.cancelled()).isEmpty();
        assertThat(change.added()).isEmpty();
    }

    @Test
    void an_appointment_that_moves_is_told_with_both_times() {
        Couch couch = Couch.holding()
                .invites(Couch.event(Couch.UID, "2026-12-08T18:00", "", 0))
                .invites(Couch.event(Couch.UID, "2026-12-09T19:00", "", 1));

        assertThat(change(couch).moved())
                .containsExactly(new ClientLetter.Shift(span("2026-12-08T18:00:00Z"), span("2026-12-09T19:00:00Z")));
        assertThat(change(couch).rest()).isEqualTo(ClientLetter.Rest.NONE);
    }

    @Test
    void a_series_that_moves_as_a_whole_is_told_with_its_next_dates() {
        Couch couch =
                Couch.holding().invitesWeekly().invites(Couch.event(Couch.UID, "2026-11-05T19:00", "FREQ=WEEKLY", 1));

        assertThat(change(couch).rest()).isEqualTo(ClientLetter.Rest.ANEW);
        assertThat(change(couch).moved())
                .containsExactly(new ClientLetter.Shift(span("2026-11-04T18:00:00Z"), span("2026-11-05T19:00:00Z")));
        assertThat(change(couch).upcoming()).startsWith(Instant.parse("2026-11-05T19:00:00Z"));
    }

    @Test
    void a_series_that_ends_earlier_says_from_when_on_it_is_cancelled() {
        Couch couch = Couch.holding()
                .invitesWeekly()
                .invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY;COUNT=3", 1));

        assertThat(change(couch).rest()).isEqualTo(ClientLetter.Rest.CANCELLED);
        assertThat(change(couch).cancelled()).containsExactly(Instant.parse("2026-11-25T18:00:00Z"));
    }

    @Test
    void the_sequence_that_the_client_sees_rises_also_where_the_therapists_does_not() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-12-08T18:00", "", 0));
        int before = couch.timetable.series().get(0).sequenceForClient();
        Series later = Couch.event(Couch.UID, "2026-12-09T18:00", "", 0);
        couch.invites(new Series(
                later.uid(),
                new Revision(0, Instant.parse("2026-11-02T08:59:00Z")),
                new Series.Pattern(
                        later.start(),
                        later.zone(),
                        later.length(),
                        later.rule(),
                        later.added(),
                        Series.ZoneFrom.CALENDAR),
                later.excluded(),
                later.moved()));

        assertThat(change(couch).series().sequenceForClient()).isGreaterThan(before);
        // An answer to the older letter has no effect; one to the newer has.
        couch.replies("", 0, Participation.ACCEPTED);
        assertThat(couch.state("2026-12-09T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        couch.replies("", 1, Participation.ACCEPTED);
        assertThat(couch.state("2026-12-09T18:00:00Z")).isEqualTo(WindowState.CONFIRMED);
    }

    @Test
    void a_client_without_key_and_consent_is_told_when_one_is_recorded_if_it_is_still_true() {
        Couch couch = Couch.holding().letters(false).invitesWeekly();
        assertThat(couch.told()).isEmpty();
        assertThat(((TherapistNote.Confirmed) couch.notes().get(0)).marks())
                .contains(TherapistNote.Confirmed.Mark.CLIENT_NOT_TOLD);
        assertThat(couch.state("2026-11-04T18:00:00Z")).isEqualTo(WindowState.PROPOSED);

        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T18:00", 1);
        assertThat(couch.told()).isEmpty();
        couch.letters(true).at("2026-11-03T09:00:00Z");
        assertThat(couch.told())
                .singleElement()
                .isInstanceOfSatisfying(ClientLetter.Invitation.class, invitation -> assertThat(invitation.upcoming())
                        .startsWith(Instant.parse("2026-11-05T18:00:00Z")));
        couch.at("2026-11-03T10:00:00Z");
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void what_has_passed_or_was_cancelled_before_there_was_a_way_is_not_told() {
        Couch passed = Couch.holding().letters(false).invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
        passed.at("2026-11-04T20:00:00Z").letters(true).at("2026-11-04T20:00:01Z");
        assertThat(passed.told()).isEmpty();

        Couch cancelled = Couch.holding().letters(false).invitesWeekly();
        cancelled.cancels(Couch.UID, "", 1);
        assertThat(cancelled.told()).isEmpty();
        cancelled.letters(true).at("2026-11-03T09:00:00Z");
        assertThat(cancelled.told()).isEmpty();
    }

    @Test
    void a_letter_that_has_not_left_is_overtaken() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-12-08T18:00", "", 0));
        couch.letters(true, new Timetable.OnItsWay(Couch.UID, Timetable.EventLetter.INVITATION))
                .invites(Couch.event(Couch.UID, "2026-12-09T18:00", "", 1));
        assertThat(couch.last).contains(new Effect.WithdrawLetters(Couch.UID));
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Invitation.class);
        assertThat(heard(couch).invitedAt()).contains(couch.now);
    }

    @Test
    void of_two_changes_of_which_the_first_has_not_left_the_client_hears_one() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-12-08T18:00", "", 0));
        couch.letters(true).invites(Couch.event(Couch.UID, "2026-12-09T18:00", "", 1));
        couch.letters(true, new Timetable.OnItsWay(Couch.UID, Timetable.EventLetter.LATER))
                .invites(Couch.event(Couch.UID, "2026-12-10T18:00", "", 2));

        assertThat(couch.last).contains(new Effect.WithdrawLetters(Couch.UID));
        assertThat(change(couch).moved())
                .containsExactly(new ClientLetter.Shift(span("2026-12-08T18:00:00Z"), span("2026-12-10T18:00:00Z")));
    }

    @Test
    void a_cancellation_of_what_the_client_has_not_heard_of_is_not_told() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-12-08T18:00", "", 0));
        couch.letters(true, new Timetable.OnItsWay(Couch.UID, Timetable.EventLetter.INVITATION))
                .cancels(Couch.UID, "", 1);

        assertThat(couch.last).contains(new Effect.WithdrawLetters(Couch.UID));
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void hours_ask_nobody_and_their_beginning_and_end_are_told_to_nobody() {
        Couch couch = new Couch(
                Couch.terms(ThreadMode.MESSAGING, OutsideMailPolicy.DELIVER), Couch.LONDON, "2026-11-02T09:00:00Z");
        couch.invitesWeekly();
        assertThat(couch.told())
                .singleElement()
                .isInstanceOfSatisfying(ClientLetter.Invitation.class, told -> assertThat(told.asks())
                        .isFalse());
        couch.writes();
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Delivered(
                        couch.now,
                        Optional.of(new ClientLetter.Delivered.Next(WindowKind.HOURS, span("2026-11-04T18:00:00Z")))));
        for (String at : List.of("2026-11-04T18:00:00Z", "2026-11-04T18:30:00Z", "2026-11-04T19:00:00Z")) {
            couch.at(at);
            assertThat(couch.told()).isEmpty();
            assertThat(couch.notes()).isEmpty();
        }
        assertThat(couch.window("2026-11-04T18:00:00Z").state()).isEqualTo(WindowState.CLOSED);
        assertThat(couch.window("2026-11-04T18:00:00Z").result()).isEmpty();
    }

    @Test
    void the_note_of_what_is_held_follows_the_session_and_the_longest_time() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-06T18:00", 1);
        assertThat(held(couch).nextOpen()).contains(Instant.parse("2026-11-06T18:00:00Z"));
        couch.cancels(Couch.UID, "2026-11-04T18:00", 2);
        // Seven days after it arrived are over before the next session.
        assertThat(held(couch).nextOpen()).contains(Instant.parse("2026-11-09T09:00:00Z"));
        assertThat(held(couch).bySession()).isFalse();
        couch.at("2026-11-03T09:00:00Z");
        assertThat(couch.notes()).isEmpty();
    }

    private static TherapistNote.Holding held(Couch couch) {
        return couch.notes().stream()
                .filter(TherapistNote.Holding.class::isInstance)
                .map(TherapistNote.Holding.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
