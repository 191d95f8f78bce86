package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;

/** docs/sessions.md section 4, row by row. */
class CasesTest {

    private static final String OPENS = "2026-11-04T18:00:00Z";
    private static final String NEXT = "2026-11-11T18:00:00Z";
    private static final AdmissionResult.Visibility INSIDE = new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);
    private static final AdmissionResult.Visibility AFTER =
            new AdmissionResult.Visibility.Visible(DeliveryMark.AFTER_THE_END);

    private static AdmissionResult.Visibility accepted(Couch couch, String at) {
        return couch.receives(couch.mail("hello", false, 10), Instant.parse(at));
    }

    @Test
    void accepted_a_second_before_the_close_and_processed_forty_seconds_later_is_inside() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:50:39Z");

        assertThat(accepted(couch, "2026-11-04T18:49:59Z")).isEqualTo(INSIDE);
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.GRACE);
    }

    @Test
    void accepted_before_the_close_and_processed_after_the_grace_is_inside_and_reopens_nothing() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:56:00Z");

        assertThat(accepted(couch, "2026-11-04T18:49:59Z")).isEqualTo(INSIDE);
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.last).isEmpty();
    }

    @Test
    void accepted_exactly_at_the_close_is_grace() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:49:59Z");

        assertThat(accepted(couch, "2026-11-04T18:50:00Z")).isEqualTo(AFTER);
    }

    @Test
    void accepted_exactly_at_the_open_is_inside_and_a_moment_before_is_not() {
        assertThat(accepted(Couch.holding().invitesWeekly(), OPENS)).isEqualTo(INSIDE);
        assertThat(accepted(Couch.holding().invitesWeekly(), "2026-11-04T17:59:59.999Z"))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void accepted_exactly_when_the_grace_is_over_is_held_for_next_week() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:49:59Z");

        assertThat(accepted(couch, "2026-11-04T18:55:00Z")).isInstanceOf(AdmissionResult.Visibility.Held.class);
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Held(Instant.parse("2026-11-04T18:55:00Z"), Instant.parse(NEXT)));
    }

    @Test
    void what_the_provider_delayed_counts_by_its_acceptance() {
        // Written 18:49, accepted 19:09: the Date header is no part of the decision.
        assertThat(accepted(Couch.holding().invitesWeekly(), "2026-11-04T19:09:00Z"))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void mail_that_was_written_in_time_and_came_late_is_told_with_both_times() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T19:09:00Z");
        assertThat(couch.writesDated("2026-11-04T18:49:00Z")).isInstanceOf(AdmissionResult.Visibility.Held.class);

        assertThat(couch.notes())
                .contains(new TherapistNote.WrittenInTime(
                        Instant.parse("2026-11-04T18:49:00Z"), Instant.parse("2026-11-04T19:09:00Z")));
        couch.writesDated("2026-11-04T19:08:00Z");
        assertThat(couch.notes()).hasOnlyElementsOfType(TherapistNote.Holding.class);
    }

    @Test
    void one_mail_can_answer_for_several_instances() {
        Couch couch = Couch.holding().invitesWeekly();
        CalendarMessage[] replies = Stream.of("2026-11-04T18:00", "2026-11-11T18:00")
                .map(original -> new CalendarMessage.Reply(
                        new WindowKey(Couch.UID, Optional.of(LocalDateTime.parse(original))),
                        new Revision(0, couch.now),
                        Couch.ALICE,
                        Participation.DECLINED))
                .toArray(CalendarMessage[]::new);
        couch.receives(couch.mail("Declined", false, 0, replies), couch.now);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.state(NEXT)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.state("2026-11-18T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.notes()).hasSize(2);
    }

    @Test
    void a_cancellation_has_a_higher_sequence_than_all_that_the_client_was_sent() {
        Couch byCalendar = Couch.holding().invitesWeekly();
        byCalendar.moves(Couch.UID, "2026-11-11T18:00", "2026-11-12T18:00", 3).cancels(Couch.UID, "", 3);
        assertThat(sequence(byCalendar)).isEqualTo(4);

        Couch byCommand = Couch.holding().invitesWeekly().orders(new SessionCommand.Cancel(Optional.empty()));
        assertThat(sequence(byCommand)).isEqualTo(1);

        Couch asTheOrganizerSays = Couch.holding().invitesWeekly().cancels(Couch.UID, "", 7);
        assertThat(sequence(asTheOrganizerSays)).isEqualTo(7);
    }

    private static int sequence(Couch couch) {
        return couch.told().stream()
                .filter(ClientLetter.Cancellation.class::isInstance)
                .map(notice -> ((ClientLetter.Cancellation) notice).sequence())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answers_that_wait_for_an_open_that_does_not_come_are_told_once() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
        couch.waitingForTheOpen(2).cancels(Couch.UID, "", 1);
        assertThat(couch.notes()).containsExactly(new TherapistNote.StillWaiting(2));

        couch.at("2026-11-04T19:00:00Z");
        assertThat(couch.last).isEmpty();
    }

    @Test
    void answers_that_waited_for_the_last_open_were_posted_then() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
        couch.waitingForTheOpen(2).at("2026-11-05T18:00:00Z");

        assertThat(couch.last).hasAtLeastOneElementOfType(Effect.PostWaitingForOpen.class);
        assertThat(couch.notes()).noneMatch(TherapistNote.StillWaiting.class::isInstance);
    }

    @Test
    void down_across_the_open_opens_late_on_start_releases_once_and_tells_both() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.outage("2026-11-04T17:30:00Z", "2026-11-04T18:12:00Z").at("2026-11-04T18:12:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
        assertThat(couch.released()).hasSize(1);
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Disturbed(Instant.parse(OPENS), ClientLetter.Disturbance.BEGAN_LATE));
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Opened.class, opened -> assertThat(opened.start())
                        .isEqualTo(TherapistNote.Start.LATE));
        couch.at("2026-11-04T18:13:00Z");
        assertThat(couch.last).isEmpty();
        assertThat(couch.window(OPENS).closesAt()).isEqualTo("2026-11-04T18:50:00Z");
    }

    @Test
    void a_client_is_not_late_for_a_window_that_opened_late() {
        Couch couch = Couch.holding()
                .invitesWeekly()
                .outage("2026-11-04T17:30:00Z", "2026-11-04T18:20:00Z")
                .at("2026-11-04T18:34:59Z");
        assertThat(couch.notes()).noneMatch(TherapistNote.ClientLate.class::isInstance);

        couch.at("2026-11-04T18:35:00Z");
        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.ClientLate.class);
    }

    @Test
    void down_for_the_whole_window_is_an_outage_and_nobody_was_absent() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.outage("2026-11-04T17:30:00Z", "2026-11-04T19:30:00Z").at("2026-11-04T19:30:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.window(OPENS).result()).contains(WindowResult.OUTAGE);
        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.told())
                .containsExactly(
                        new ClientLetter.Disturbed(Instant.parse(OPENS), ClientLetter.Disturbance.DID_NOT_TAKE_PLACE));
        assertThat(couch.notes()).contains(new TherapistNote.Released(1, TherapistNote.Why.OUTAGE));
    }

    @Test
    void a_release_that_is_decided_again_after_a_restart_is_the_same_and_one_that_is_stored_is_over() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        Instant open = Instant.parse(OPENS);

        Step first = couch.sessions.advance(couch.timetable, open);
        Step again = couch.sessions.advance(couch.timetable, open);

        assertThat(again).isEqualTo(first);
        assertThat(couch.sessions.advance(first.next(), open).effects()).isEmpty();
    }

    @Test
    void rescheduled_later_while_mail_is_held_stays_held_with_one_notice_of_the_new_time() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-03T09:00:00Z").moves(Couch.UID, "2026-11-04T18:00", "2026-11-06T18:00", 1);

        assertThat(couch.released()).isEmpty();
        assertThat(couch.told())
                .hasSize(2)
                .contains(new ClientLetter.Moved(Optional.of(Instant.parse("2026-11-06T18:00:00Z"))));
        couch.at("2026-11-03T19:00:00Z");
        assertThat(couch.last).isEmpty();
    }

    @Test
    void held_mail_counts_its_seven_days_from_its_acceptance_whatever_is_rescheduled() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-03T09:00:00Z").invites(Couch.event(Couch.UID, "2026-12-02T18:00", "FREQ=WEEKLY", 1));

        assertThat(couch.told()).contains(new ClientLetter.Moved(Optional.of(Instant.parse("2026-11-09T09:00:00Z"))));
        couch.at("2026-11-09T09:00:00Z");
        assertThat(couch.notes()).containsExactly(new TherapistNote.Released(1, TherapistNote.Why.MAX_HOLD));
    }

    @Test
    void rescheduled_earlier_so_that_the_open_is_past_opens_and_releases_now() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-04T10:20:00Z").moves(Couch.UID, "2026-11-04T18:00", "2026-11-04T10:00", 1);

        assertThat(couch.state("2026-11-04T10:00:00Z")).isEqualTo(WindowState.OPEN);
        assertThat(couch.released()).hasSize(1);
        assertThat(couch.window("2026-11-04T10:00:00Z").openedAt()).contains(couch.now);
        assertThat(couch.notes()).noneMatch(TherapistNote.ClientLate.class::isInstance);
    }

    @Test
    void rescheduled_into_the_future_while_open_closes_now_without_a_result() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:10:00Z");
        assertThat(couch.writes()).isEqualTo(INSIDE);
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T18:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.window(OPENS).result()).isEmpty();
        assertThat(couch.state("2026-11-05T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.released()).isEmpty();
        assertThat(couch.writes()).isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void cancelled_with_held_mail_while_the_series_goes_on_is_carried_to_the_next_with_one_notice() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.at("2026-11-04T16:00:00Z").writes();
        couch.at("2026-11-04T17:30:00Z").cancels(Couch.UID, "2026-11-04T18:00", 1);

        assertThat(couch.released()).isEmpty();
        assertThat(couch.told())
                .hasSize(2)
                .hasAtLeastOneElementOfType(ClientLetter.Cancellation.class)
                .contains(new ClientLetter.Moved(Optional.of(Instant.parse("2026-11-11T16:00:00Z"))));
        couch.at("2026-11-04T18:10:00Z");
        assertThat(couch.last).isEmpty();
    }

    @Test
    void cancelled_with_held_mail_and_nothing_later_is_delivered_at_once_and_marked() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-03T12:00:00Z").cancels(Couch.UID, "", 1);

        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.notes()).contains(new TherapistNote.Released(1, TherapistNote.Why.NO_FUTURE_WINDOW));
        assertThat(couch.told()).contains(new ClientLetter.Moved(Optional.empty()));
    }

    @Test
    void a_moved_instance_keeps_its_original_start_as_its_key_and_no_other_moves() {
        Couch couch = Couch.holding().invitesWeekly().moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T10:00", 1);
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T11:00", 2);

        Window moved = couch.window("2026-11-05T11:00:00Z");
        assertThat(moved.key().recurrenceId()).contains(LocalDateTime.parse("2026-11-04T18:00"));
        assertThat(couch.state("2026-11-05T10:00:00Z")).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.state(NEXT)).isEqualTo(WindowState.PROPOSED);
    }

    @Test
    void an_excluded_date_cancels_that_instance_only() {
        Couch couch = Couch.holding().invitesWeekly();
        Series weekly = Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY", 1);
        couch.invites(new Series(
                weekly.uid(),
                weekly.revision(),
                new Series.Pattern(
                        weekly.start(),
                        weekly.zone(),
                        weekly.length(),
                        weekly.rule(),
                        Set.of(),
                        Series.ZoneFrom.CALENDAR),
                Set.of(LocalDateTime.parse("2026-11-11T18:00")),
                Map.of()));

        assertThat(couch.state(NEXT)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.state("2026-11-18T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
    }

    @Test
    void until_and_count_end_a_series() {
        Couch until = Couch.holding()
                .invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY;UNTIL=20261118T180000", 0));
        Couch count = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY;COUNT=2", 0));

        assertThat(until.timetable.windows()).hasSize(3);
        assertThat(count.timetable.windows()).hasSize(2);
    }

    @Test
    void a_reply_to_an_older_sequence_is_recorded_and_has_no_effect() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.invites(Couch.event(Couch.UID, "2026-11-05T18:00", "FREQ=WEEKLY", 2));
        couch.replies("", 1, Participation.DECLINED);

        assertThat(couch.state("2026-11-05T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.logged()).containsExactly(Effect.Event.STALE);
        assertThat(couch.notes()).isEmpty();
        assertThat(couch.timetable.answers()).hasSize(1);
    }

    @Test
    void an_older_reply_that_arrives_after_a_newer_one_has_no_effect() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", new Revision(0, Instant.parse("2026-11-02T09:10:00Z")), Couch.ALICE, Participation.ACCEPTED);
        couch.replies("", new Revision(0, Instant.parse("2026-11-02T09:05:00Z")), Couch.ALICE, Participation.DECLINED);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CONFIRMED);
        assertThat(couch.logged()).containsExactly(Effect.Event.STALE);
    }

    @Test
    void a_reply_under_another_address_of_the_client_counts_since_the_sender_is_proved() {
        Couch couch = Couch.holding().invitesWeekly();
        EmailAddress alias = EmailAddress.of("another-alias@icloud.example");
        couch.replies("", new Revision(0, couch.now), alias, Participation.ACCEPTED);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CONFIRMED);
    }

    @Test
    void an_invitation_of_another_organizer_has_no_effect_but_an_audit_entry() {
        Couch couch = Couch.holding();
        couch.says(new CalendarMessage.Request(
                Couch.MALLORY, List.of(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY", 0)), List.of()));

        assertThat(couch.timetable.windows()).isEmpty();
        assertThat(couch.logged()).containsExactly(Effect.Event.NOT_THE_ORGANIZER);
        assertThat(couch.last).hasSize(1);
    }

    @Test
    void an_invitation_or_a_cancellation_by_the_client_has_no_effect_but_an_audit_entry() {
        Couch couch = Couch.holding().invitesWeekly();
        CalendarMessage forged = new CalendarMessage.Cancel(
                Couch.DR_BLOOM, new WindowKey(Couch.UID, Optional.empty()), new Revision(9, couch.now));
        couch.receives(couch.mail("Cancelled", false, 0, forged), couch.now);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.logged()).containsExactly(Effect.Event.NOT_THE_ORGANIZER);
    }

    @Test
    void a_counter_proposal_is_told_to_the_therapist_and_moves_nothing() {
        Couch couch = Couch.holding().invitesWeekly();
        CalendarMessage counter = new CalendarMessage.Counter(
                new WindowKey(Couch.UID, Optional.of(LocalDateTime.parse("2026-11-04T18:00"))),
                new Revision(0, couch.now),
                Couch.ALICE,
                LocalDateTime.parse("2026-11-05T10:00"),
                WallClock.of(Couch.LONDON));
        couch.receives(couch.mail("New time", false, 0, counter), couch.now);

        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Countered.class, countered -> assertThat(countered.proposed())
                        .isEqualTo("2026-11-05T10:00:00Z"));
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
    }

    @Test
    void what_cannot_be_read_is_never_ignored_silently() {
        Couch couch = Couch.holding().says(new CalendarMessage.Unusable(CalendarMessage.Reason.TNEF, Optional.empty()));

        assertThat(couch.notes())
                .containsExactly(new TherapistNote.NotUnderstood(CalendarMessage.Reason.TNEF, Optional.empty()));
    }

    @Test
    void overlapping_windows_are_one_and_only_the_last_has_a_grace() {
        Couch couch = Couch.holding()
                .invites(
                        Couch.event("a@calendar.example", "2026-11-04T18:00", "", 0),
                        Couch.event("b@calendar.example", "2026-11-04T18:30", "", 0))
                .at("2026-11-04T18:50:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.writes()).isEqualTo(INSIDE);
        couch.at("2026-11-04T19:20:00Z");
        assertThat(couch.state("2026-11-04T18:30:00Z")).isEqualTo(WindowState.GRACE);
        assertThat(couch.writes()).isEqualTo(AFTER);
    }

    @Test
    void a_window_within_another_ends_without_a_grace_too() {
        Couch couch = Couch.holding()
                .invites(
                        Couch.event("a@calendar.example", Couch.LONDON, "2026-11-04T18:00", 120, "", 0),
                        Couch.event("b@calendar.example", "2026-11-04T18:30", "", 0))
                .at("2026-11-04T19:20:00Z");

        assertThat(couch.state("2026-11-04T18:30:00Z")).isEqualTo(WindowState.CLOSED);
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
    }

    @Test
    void back_to_back_windows_have_no_grace_between() {
        Couch couch = Couch.holding()
                .invites(
                        Couch.event("a@calendar.example", "2026-11-04T18:00", "", 0),
                        Couch.event("b@calendar.example", "2026-11-04T18:50", "", 0))
                .at("2026-11-04T18:50:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.state("2026-11-04T18:50:00Z")).isEqualTo(WindowState.OPEN);
        assertThat(couch.writes()).isEqualTo(INSIDE);
    }

    @Test
    void an_open_ends_the_grace_of_the_window_before() {
        Couch couch = Couch.holding()
                .invites(
                        Couch.event("a@calendar.example", "2026-11-04T18:00", "", 0),
                        Couch.event("b@calendar.example", "2026-11-04T18:52", "", 0))
                .at("2026-11-04T18:51:00Z");
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.GRACE);

        couch.at("2026-11-04T18:52:00Z");
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.writes()).isEqualTo(INSIDE);
    }

    @Test
    void an_overlap_with_another_client_is_accepted_with_a_warning_to_the_therapist_only() {
        Couch couch = Couch.holding()
                .elsewhere("2026-11-04T18:30:00Z", "2026-11-04T19:20:00Z")
                .invitesWeekly();

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Confirmed.class, confirmed -> assertThat(confirmed.marks())
                        .contains(TherapistNote.Confirmed.Mark.CLASHES));
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Invitation.class);
    }

    @Test
    void a_lower_sequence_or_an_earlier_stamp_is_stale() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY", 5));
        couch.invites(Couch.event(Couch.UID, "2026-11-05T18:00", "FREQ=WEEKLY", 4));

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.logged()).containsExactly(Effect.Event.STALE);
        assertThat(couch.last).hasSize(1);
    }

    @Test
    void the_same_invitation_twice_does_nothing() {
        Couch couch = Couch.holding().invitesWeekly().invitesWeekly();

        assertThat(couch.last).isEmpty();
    }

    @Test
    void the_same_sequence_with_a_later_stamp_and_changed_times_is_an_update() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.ACCEPTED);
        Series thursday = Couch.event(Couch.UID, "2026-11-05T18:00", "FREQ=WEEKLY", 0);
        couch.invites(new Series(
                thursday.uid(),
                new Revision(0, couch.now),
                new Series.Pattern(
                        thursday.start(),
                        thursday.zone(),
                        thursday.length(),
                        thursday.rule(),
                        Set.of(),
                        Series.ZoneFrom.CALENDAR)));

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.state("2026-11-05T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Change.class);
    }

    @Test
    void an_update_with_the_same_times_keeps_the_clients_answer_and_tells_the_client_nothing() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.ACCEPTED);
        couch.invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY", 1));

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CONFIRMED);
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void a_cancellation_is_remembered_so_that_an_older_invitation_cannot_undo_it() {
        Couch couch = Couch.holding().invitesWeekly().cancels(Couch.UID, "", 3);
        couch.invites(Couch.event(Couch.UID, "2026-11-04T18:00", "FREQ=WEEKLY", 2));

        assertThat(couch.timetable.windows()).allMatch(window -> window.state() == WindowState.CANCELLED);
        assertThat(couch.logged()).containsExactly(Effect.Event.STALE);
    }

    @Test
    void an_instance_of_a_series_that_was_never_sent_is_an_invitation_to_it_alone() {
        Couch couch = Couch.holding().moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T10:00", 1);

        assertThat(couch.timetable.windows()).singleElement().satisfies(window -> {
            assertThat(window.opensAt()).isEqualTo("2026-11-05T10:00:00Z");
            assertThat(window.key().recurrenceId()).contains(LocalDateTime.parse("2026-11-04T18:00"));
        });
    }

    @Test
    void a_shorter_event_ends_the_running_window_now_and_the_grace_follows() {
        Couch couch = Couch.holding().invites(Couch.event("once@calendar.example", "2026-11-04T18:00", "", 0));
        couch.at("2026-11-04T18:30:00Z");
        couch.invites(Couch.event("once@calendar.example", Couch.LONDON, "2026-11-04T18:00", 20, "", 1));

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.GRACE);
        assertThat(couch.window(OPENS).closesAt()).isEqualTo("2026-11-04T18:30:00Z");
    }

    @Test
    void a_proposal_by_command_invites_the_client_and_confirms() {
        Couch couch = Couch.holding()
                .orders(new SessionCommand.Propose(
                        Instant.parse("2026-12-01T18:00:00Z"), Optional.of(Duration.ofMinutes(30))));

        assertThat(couch.window("2026-12-01T18:00:00Z").length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Invitation.class);
        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.Confirmed.class);
    }

    @Test
    void list_and_help_answer_and_change_nothing() {
        Couch couch = Couch.holding().invitesWeekly();
        Timetable before = couch.timetable;
        couch.orders(new SessionCommand.List());
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.CommandAnswer.class, answer -> assertThat(answer.windows())
                        .hasSameSizeAs(before.windows()));
        couch.orders(new SessionCommand.Help());
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.CommandAnswer.class, answer -> assertThat(answer.answer())
                        .isEqualTo(TherapistNote.Answer.HELP));
        assertThat(couch.timetable).isEqualTo(before);
    }

    @Test
    void cancelling_when_nothing_is_planned_is_answered_so() {
        Couch couch = Couch.holding().orders(new SessionCommand.Cancel(Optional.empty()));

        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.CommandAnswer.class, answer -> assertThat(answer.answer())
                        .isEqualTo(TherapistNote.Answer.NOTHING_TO_CANCEL));
    }

    @Test
    void cancelled_while_open_ends_without_a_grace_and_the_client_is_told() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:10:00Z");
        couch.cancels(Couch.UID, "2026-11-04T18:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Cancellation.class);
        assertThat(couch.writes()).isInstanceOf(AdmissionResult.Visibility.Held.class);
        couch.at("2026-11-04T18:55:00Z");
        assertThat(couch.notes()).isEmpty();
    }

    @Test
    void rescheduled_into_the_future_during_the_grace_is_superseded() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:52:00Z");
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T18:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.writes()).isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void rescheduled_after_the_end_leaves_the_closed_window_and_plans_another_one() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T19:30:00Z");
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T18:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.state("2026-11-05T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
    }

    @Test
    void declined_by_the_client_with_held_mail_and_nothing_later_is_delivered_and_marked() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
        couch.writes();
        couch.at("2026-11-02T09:30:00Z").replies("", 0, Participation.DECLINED);

        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.notes()).contains(new TherapistNote.Released(1, TherapistNote.Why.NO_FUTURE_WINDOW));
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void mail_during_an_outage_that_ends_a_series_is_not_lost() {
        Couch couch = Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
        couch.writes();
        couch.outage("2026-11-04T17:00:00Z", "2026-12-24T09:00:00Z").at("2026-12-24T09:00:00Z");

        assertThat(couch.timetable.held()).isEmpty();
        assertThat(couch.released()).hasSize(1);
    }

    @Test
    void opening_early_releases_and_the_planned_window_still_comes() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        couch.at("2026-11-04T17:30:00Z").orders(new SessionCommand.Open(Optional.of(Duration.ofMinutes(45))));
        assertThat(couch.released()).hasSize(1);
        couch.at("2026-11-04T18:15:00Z");

        assertThat(couch.state("2026-11-04T17:30:00Z")).isEqualTo(WindowState.CLOSED);
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
        assertThat(couch.writes()).isEqualTo(INSIDE);
    }
}
