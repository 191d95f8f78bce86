package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.step.Effect;

/** docs/sessions.md section 3: client mail outside a window, and the notice. */
class OutsideTest {

    private static final String OPENS = "2026-11-04T18:00:00Z";

    private static Optional<ClientLetter.Delivered.Next> next(String opens) {
        Instant at = Instant.parse(opens);
        return Optional.of(
                new ClientLetter.Delivered.Next(WindowKind.LIVE, new TimeSpan(at, at.plus(Duration.ofMinutes(50)))));
    }

    @Test
    void delivered_mail_is_visible_at_once_and_the_client_is_told_when_an_answer_is_due() {
        Couch couch = Couch.with(OutsideMailPolicy.DELIVER).invitesWeekly();

        assertThat(couch.writes()).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.told()).containsExactly(new ClientLetter.Delivered(couch.now, next(OPENS)));
    }

    @Test
    void a_message_outside_the_session_is_held_until_the_next_window_and_the_client_is_told() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-03T10:00:00Z");

        assertThat(couch.writes())
                .isEqualTo(new AdmissionResult.Visibility.Held(
                        HeldMail.Fate.RELEASE, Instant.parse("2026-11-10T10:00:00Z")));
        assertThat(couch.last)
                .contains(new Effect.TellClient(
                        new ClientLetter.Held(couch.now, Instant.parse(OPENS)), Optional.of("<1@mail.example>")));
    }

    @Test
    void the_therapist_always_knows_count_and_age_of_what_is_held() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-03T10:00:00Z");
        couch.writes();
        couch.at("2026-11-03T12:00:00Z").writes();

        assertThat(couch.notes())
                .containsExactly(new TherapistNote.Holding(
                        2,
                        Optional.of(Instant.parse("2026-11-03T10:00:00Z")),
                        Optional.of(Instant.parse(OPENS)),
                        true,
                        0));
    }

    @Test
    void mail_is_held_for_seven_days_at_most_and_then_delivered_marked() {
        Couch couch = Couch.holding().invites(Couch.event("far@calendar.example", "2026-12-02T18:00", "", 0));
        couch.at("2026-11-03T10:00:00Z").writes();
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Held(couch.now, Instant.parse("2026-11-10T10:00:00Z")));
        assertThat(couch.wake).contains(Instant.parse("2026-11-10T10:00:00Z"));

        couch.at("2026-11-10T10:00:00Z");

        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.notes()).containsExactly(new TherapistNote.Released(1, TherapistNote.Why.MAX_HOLD));
        assertThat(couch.timetable.held()).isEmpty();
    }

    @Test
    void a_thread_without_a_future_window_never_holds() {
        Couch couch = Couch.holding();

        assertThat(couch.writes()).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.last).isEmpty();
    }

    @Test
    void what_calendar_programs_write_around_an_answer_does_not_make_it_a_letter() {
        Couch couch = Couch.holding().invitesWeekly();
        CalendarMessage reply = new CalendarMessage.Reply(
                new WindowKey(Couch.UID, Optional.empty()),
                new Revision(0, couch.now),
                Couch.ALICE,
                Participation.ACCEPTED);

        assertThat(couch.receives(couch.mail("Accepted: Appointment", false, 150, reply), couch.now))
                .isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.told()).isEmpty();
        assertThat(couch.receives(couch.mail("Accepted: Appointment", false, 400, reply), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void delivered_mail_that_came_too_soon_after_another_notice_is_answered_when_the_hour_has_passed() {
        Couch couch = Couch.with(OutsideMailPolicy.DELIVER).invitesWeekly();
        couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
        couch.at("2026-11-02T09:30:00Z").writes();
        assertThat(couch.told()).isEmpty();

        couch.at("2026-11-02T10:00:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Delivered(Instant.parse("2026-11-02T09:30:00Z"), next(OPENS)));
    }

    @Test
    void returned_mail_is_not_released_by_an_open() {
        Couch couch = Couch.with(OutsideMailPolicy.RETURN).invitesWeekly().at("2026-11-04T17:00:00Z");
        couch.writes();
        couch.at(OPENS);

        assertThat(couch.released()).isEmpty();
        assertThat(couch.timetable.held()).hasSize(1);
    }

    @Test
    void the_urgent_word_releases_at_once() {
        Couch couch = Couch.holding().invitesWeekly();

        assertThat(couch.writesSubject("Re: URGENT please read"))
                .isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.OUT_OF_TURN));
        assertThat(couch.notes()).containsExactly(new TherapistNote.Released(1, TherapistNote.Why.URGENT));
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Delivered.class);
    }

    @Test
    void the_urgent_word_counts_as_the_first_word_only() {
        Couch couch = Couch.holding().invitesWeekly();

        assertThat(couch.writesSubject("not urgent")).isInstanceOf(AdmissionResult.Visibility.Held.class);
        assertThat(couch.writesSubject("urgently")).isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void fifty_mails_in_a_closed_period_give_one_notice() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.all.clear();
        Instant start = couch.now;
        for (int i = 0; i < 50; i++) {
            couch.at(start.plusSeconds(3_600L * i / 2).toString()).writes();
        }

        assertThat(Couch.notices(couch.all))
                .hasOnlyElementsOfType(ClientLetter.Held.class)
                .hasSize(1);
        assertThat(couch.timetable.held()).hasSize(50);
    }

    @Test
    void automatic_mail_is_held_and_gets_no_notice() {
        Couch couch = Couch.holding().invitesWeekly();

        assertThat(couch.writesAutomatically()).isInstanceOf(AdmissionResult.Visibility.Held.class);
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-03T10:00:00Z");
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void each_closed_period_has_its_own_notice() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-05T09:00:00Z").writes();

        assertThat(couch.told())
                .containsExactly(new ClientLetter.Held(couch.now, Instant.parse("2026-11-11T18:00:00Z")));
    }

    @Test
    void a_changed_next_open_allows_one_more() {
        Couch couch = Couch.with(OutsideMailPolicy.DELIVER).invitesWeekly();
        couch.writes();
        couch.at("2026-11-02T12:00:00Z").moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T18:00", 1);

        couch.writes();
        assertThat(couch.told()).containsExactly(new ClientLetter.Delivered(couch.now, next("2026-11-05T18:00:00Z")));
        couch.at("2026-11-02T15:00:00Z").writes();
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void an_hour_lies_between_two_notices_and_the_later_one_is_not_forgotten() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T17:30:00Z");
        couch.writes();
        assertThat(couch.told()).hasSize(1);
        couch.orders(new SessionCommand.Cancel(Optional.empty()));
        assertThat(Couch.notices(couch.last)).hasOnlyElementsOfType(ClientLetter.Cancellation.class);
        assertThat(couch.wake).contains(Instant.parse("2026-11-04T18:30:00Z"));

        couch.at("2026-11-04T18:30:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Moved(Optional.of(Instant.parse("2026-11-11T17:30:00Z"))));
    }

    @Test
    void a_client_who_writes_just_after_a_short_session_is_told_when_the_hour_has_passed() {
        Couch couch = Couch.holding()
                .invites(Couch.event("short@calendar.example", Couch.LONDON, "2026-11-04T18:00", 10, "", 0))
                .invites(Couch.event(Couch.UID, "2026-11-11T18:00", "", 0));
        couch.at("2026-11-04T17:50:00Z").writes();
        couch.at("2026-11-04T18:20:00Z").writes();
        assertThat(couch.told()).isEmpty();

        couch.at("2026-11-04T18:50:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Held(
                        Instant.parse("2026-11-04T18:20:00Z"), Instant.parse("2026-11-11T18:00:00Z")));
    }

    @Test
    void mail_from_another_mailbox_gives_one_neutral_hint_a_closed_period() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
        assertThat(couch.told()).containsExactly(new ClientLetter.OtherMailbox(couch.now));

        couch.at("2026-11-03T09:00:00Z");
        couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
        assertThat(couch.told()).isEmpty();

        couch.at("2026-11-05T09:00:00Z");
        couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
        assertThat(couch.told()).hasSize(1);
    }

    @Test
    void the_therapist_hears_once_a_week_that_the_clients_provider_does_not_prove_her_mail() {
        Couch couch = Couch.holding();
        for (String instant : List.of(
                "2026-11-02T09:00:00Z",
                "2026-11-02T09:00:01Z",
                "2026-11-05T09:00:00Z",
                "2026-11-09T08:59:59Z",
                "2026-11-09T09:00:00Z",
                "2026-11-15T09:00:00Z",
                "2026-11-16T09:00:00Z")) {
            couch.at(instant).take(couch.sessions.clientNotProved(couch.timetable, couch.now));
        }

        assertThat(couch.all)
                .containsOnly(new Effect.TellTherapist(new TherapistNote.NotProved()))
                .hasSize(3);
    }

    @Test
    void a_stranger_cannot_take_the_clients_own_notice_away() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
        couch.at("2026-11-02T09:30:00Z").writes();
        assertThat(couch.told()).isEmpty();

        couch.at("2026-11-02T10:00:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Held(Instant.parse("2026-11-02T09:30:00Z"), Instant.parse(OPENS)));
    }

    @Test
    void new_terms_that_do_not_hold_release_what_is_held() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        Terms old = Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.DELIVER);
        Terms terms = new Terms(
                Instant.parse("2026-11-03T00:00:00Z"),
                old.mode(),
                old.zone(),
                new Terms.OutsideMail(old.policy(), old.maxHold(), old.urgentWord()),
                new Terms.WindowRules(old.length(), old.lateness(), old.grace(), old.backUpPlan(), HoursSummary.NEVER),
                old.cycle());
        couch.take(couch.sessions.agree(couch.timetable, terms, couch.now));
        assertThat(couch.released()).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-03T00:00:00Z"));

        couch.at("2026-11-03T00:00:00Z");
        assertThat(couch.released()).hasSize(1);
        assertThat(couch.notes()).containsExactly(new TherapistNote.Released(1, TherapistNote.Why.COMMAND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-02T12:00:00Z", "2026-11-03T00:00:00Z"})
    void a_shorter_hold_counts_for_what_is_held_already_from_the_day_on_which_it_holds(String since) {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-02T12:00:00Z").agrees(Couch.holding(since, Duration.ofHours(30)));
        assertThat(couch.released()).isEmpty();

        couch.at("2026-11-03T14:59:59Z");
        assertThat(couch.released()).isEmpty();
        couch.at("2026-11-03T15:00:00Z");
        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.notes()).containsExactly(new TherapistNote.Released(1, TherapistNote.Why.MAX_HOLD));
    }

    @Test
    void a_hold_that_is_over_by_the_new_terms_ends_when_they_begin() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.agrees(Couch.holding("2026-11-03T12:00:00Z", Duration.ofHours(1)));
        couch.at("2026-11-03T11:59:59Z");
        assertThat(couch.released()).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-03T12:00:00Z"));

        couch.at("2026-11-03T12:00:00Z");
        assertThat(couch.released()).hasSize(1);
    }

    @Test
    void a_longer_hold_does_not_keep_what_was_promised_for_an_earlier_time() {
        Couch couch = new Couch(
                        Couch.holding("2026-01-01T00:00:00Z", Duration.ofHours(24)),
                        Couch.LONDON,
                        "2026-11-02T09:00:00Z")
                .invitesWeekly();
        couch.writes();
        couch.agrees(Couch.holding("2026-11-02T09:00:00Z", Duration.ofDays(7)));
        couch.at("2026-11-03T09:00:00Z");
        assertThat(couch.released()).hasSize(1);
    }
}
