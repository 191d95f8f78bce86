package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;

/** docs/sessions.md section 2, line by line. */
class WindowStatesTest {

    private static final String OPENS = "2026-11-04T18:00:00Z";

    @Test
    void an_invitation_proposes_windows_and_tells_both_at_once() {
        Couch couch = Couch.holding().invitesWeekly();

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.told())
                .singleElement()
                .isInstanceOfSatisfying(ClientLetter.Invitation.class, invitation -> assertThat(invitation.upcoming())
                        .containsExactly(
                                Instant.parse(OPENS),
                                Instant.parse("2026-11-11T18:00:00Z"),
                                Instant.parse("2026-11-18T18:00:00Z")));
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Confirmed.class, confirmed -> assertThat(confirmed.marks())
                        .doesNotContain(TherapistNote.Confirmed.Mark.UPDATE));
    }

    @Test
    void a_client_who_accepts_confirms_all_instances_and_those_still_to_be_planned() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.ACCEPTED);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CONFIRMED);
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Answered.class, answered -> assertThat(answered.participation())
                        .isEqualTo(Participation.ACCEPTED));
        couch.at("2027-02-01T09:00:00Z");
        assertThat(couch.state("2027-03-03T18:00:00Z")).isEqualTo(WindowState.CONFIRMED);
    }

    @Test
    void a_tentative_client_leaves_it_proposed() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.TENTATIVE);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.notes())
                .hasOnlyElementsOfType(TherapistNote.Answered.class)
                .hasSize(1);
    }

    @Test
    void a_client_who_declines_one_instance_cancels_that_one_only() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("2026-11-04T18:00", 0, Participation.DECLINED);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.state("2026-11-11T18:00:00Z")).isEqualTo(WindowState.PROPOSED);
        couch.at("2026-11-04T18:10:00Z");
        assertThat(couch.notes()).isEmpty();
    }

    @Test
    void a_client_who_declined_and_then_accepts_gets_a_new_window() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("2026-11-04T18:00", 0, Participation.DECLINED);
        couch.at("2026-11-03T09:00:00Z");
        couch.replies("2026-11-04T18:00", 0, Participation.ACCEPTED);

        assertThat(couch.timetable.windows())
                .filteredOn(window -> window.opensAt().equals(Instant.parse(OPENS)))
                .extracting(Window::state)
                .containsExactlyInAnyOrder(WindowState.CANCELLED, WindowState.CONFIRMED);
    }

    @Test
    void an_answer_in_plain_words_counts_like_one_of_a_calendar_program() {
        Couch couch = Couch.holding().invitesWeekly();
        ClientMail mail = couch.mail("Re: appointment", false, 1);
        ClientMail yes = new ClientMail(
                mail.id(),
                mail.messageId(),
                new MailTraits(
                        mail.subject(),
                        MailOrigin.PERSON,
                        MailTraits.Answers.NOTHING,
                        Optional.empty(),
                        new MailTraits.OwnText(1, "", Optional.empty())),
                List.of(),
                Optional.of(new ClientMail.Reply(Couch.UID, Participation.ACCEPTED)),
                Optional.empty());

        AdmissionResult.Visibility visibility = couch.receives(yes, couch.now);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CONFIRMED);
        assertThat(visibility).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void an_unanswered_window_opens_anyway_and_says_that_it_is_unconfirmed() {
        Couch couch = Couch.holding().invitesWeekly().at(OPENS);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.Opened.class, opened -> assertThat(
                                opened.window().is(Window.Mark.CONFIRMED))
                        .isFalse());
    }

    @Test
    void a_confirmed_window_opens_releases_in_order_of_acceptance_and_tells_the_therapist() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.ACCEPTED);
        couch.at("2026-11-03T10:00:00Z").writes();
        couch.at("2026-11-03T11:00:00Z").writes();
        List<HeldMail> held = couch.timetable.held();

        couch.at(OPENS);

        assertThat(couch.released())
                .containsExactly(
                        new Effect.Release(held.get(0).message(), DeliveryMark.NONE),
                        new Effect.Release(held.get(1).message(), DeliveryMark.NONE));
        assertThat(couch.timetable.held()).isEmpty();
        assertThat(couch.notes()).singleElement().isInstanceOfSatisfying(TherapistNote.Opened.class, opened -> {
            assertThat(opened.released()).isEqualTo(2);
            assertThat(opened.start()).isEqualTo(TherapistNote.Start.IN_TIME);
            assertThat(opened.window().is(Window.Mark.CONFIRMED)).isTrue();
        });
        assertThat(couch.last)
                .contains(new Effect.PostWaitingForOpen(couch.window(OPENS).id()));
    }

    @Test
    void a_client_silent_for_fifteen_minutes_is_late_only_the_therapist_is_told_and_it_still_ends_on_time() {
        Couch couch = Couch.holding().invitesWeekly().at(OPENS).at("2026-11-04T18:14:59Z");
        assertThat(couch.notes()).isEmpty();

        couch.at("2026-11-04T18:15:00Z");

        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.ClientLate.class);
        assertThat(couch.told()).isEmpty();
        assertThat(couch.window(OPENS).is(Window.Mark.LATE)).isTrue();
        assertThat(couch.window(OPENS).closesAt()).isEqualTo("2026-11-04T18:50:00Z");
    }

    @Test
    void the_lateness_is_at_most_half_the_window() {
        Couch couch = Couch.holding()
                .invites(Couch.event("short@calendar.example", Couch.LONDON, "2026-11-04T18:00", 20, "", 0))
                .at(OPENS)
                .at("2026-11-04T18:10:00Z");

        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.ClientLate.class);
    }

    @Test
    void a_client_who_wrote_is_not_late() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:05:00Z");
        couch.writes();
        couch.at("2026-11-04T18:20:00Z");

        assertThat(couch.notes()).isEmpty();
    }

    @Test
    void an_automatic_answer_does_not_make_the_client_present() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:05:00Z");
        couch.writesAutomatically();
        couch.at("2026-11-04T18:15:00Z");

        assertThat(couch.notes()).singleElement().isInstanceOf(TherapistNote.ClientLate.class);
    }

    @Test
    void the_close_is_silent_and_a_grace_of_five_minutes_follows() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:05:00Z");
        couch.writes();
        couch.at("2026-11-04T18:50:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.GRACE);
        assertThat(couch.last).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-04T18:55:00Z"));
    }

    @Test
    void in_the_grace_client_mail_is_delivered_and_marked() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:54:59Z");

        assertThat(couch.writes()).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.AFTER_THE_END));
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void after_the_grace_the_therapist_gets_turns_words_and_the_late_flag() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:20:00Z");
        couch.writesWords(30);
        couch.writesBack();
        couch.at("2026-11-04T18:55:00Z");

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.notes()).singleElement().isInstanceOfSatisfying(TherapistNote.Summary.class, summary -> {
            assertThat(summary.window().turns()).isEqualTo(new Window.Turns(1, 1, 70));
            assertThat(summary.window().is(Window.Mark.LATE)).isTrue();
            assertThat(summary.window().result()).contains(WindowResult.HELD_OK);
        });
    }

    @Test
    void a_window_without_client_mail_says_that_the_client_was_absent() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:20:00Z").writesBack();
        couch.at("2026-11-04T18:55:00Z");

        assertThat(couch.window(OPENS).result()).contains(WindowResult.CLIENT_ABSENT);
    }

    @Test
    void a_window_without_the_therapist_says_so() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:20:00Z");
        couch.writes();
        couch.at("2026-11-04T18:55:00Z");

        assertThat(couch.window(OPENS).result()).contains(WindowResult.THERAPIST_ABSENT);
    }

    @Test
    void a_reschedule_supersedes_and_proposes_anew() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.replies("", 0, Participation.ACCEPTED);
        couch.moves(Couch.UID, "2026-11-04T18:00", "2026-11-05T10:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.SUPERSEDED);
        assertThat(couch.state("2026-11-05T10:00:00Z")).isEqualTo(WindowState.PROPOSED);
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Change.class);
    }

    @Test
    void a_cancellation_by_the_organizer_cancels_and_the_client_is_told_neutrally() {
        Couch couch = Couch.holding().invitesWeekly().cancels(Couch.UID, "2026-11-04T18:00", 1);

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CANCELLED);
        assertThat(couch.told()).singleElement().isInstanceOfSatisfying(ClientLetter.Cancellation.class, cancelled -> {
            assertThat(cancelled.opensAt()).isEqualTo(OPENS);
            assertThat(cancelled.instance()).isPresent();
        });
    }

    @Test
    void a_cancelled_series_cancels_every_window() {
        Couch couch = Couch.holding().invitesWeekly().cancels(Couch.UID, "", 1);

        assertThat(couch.timetable.windows()).isNotEmpty().allMatch(window -> window.state() == WindowState.CANCELLED);
        assertThat(couch.told()).hasSize(1);
        couch.at("2027-03-01T00:00:00Z");
        assertThat(couch.notes()).isEmpty();
    }

    @Test
    void an_end_moved_later_by_five_minutes_or_more_is_one_line_to_the_client() {
        Couch couch = Couch.holding().invites(Couch.event("once@calendar.example", "2026-11-04T18:00", "", 0));
        couch.at("2026-11-04T18:30:00Z");
        couch.invites(Couch.event("once@calendar.example", Couch.LONDON, "2026-11-04T18:00", 60, "", 1));

        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
        assertThat(couch.told()).containsExactly(new ClientLetter.Extended(Instant.parse("2026-11-04T19:00:00Z")));
    }

    @Test
    void an_end_moved_by_less_is_not_worth_a_line() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:30:00Z");
        couch.orders(new SessionCommand.Extend(Duration.ofMinutes(4)));

        assertThat(couch.window(OPENS).closesAt()).isEqualTo("2026-11-04T18:54:00Z");
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void the_command_extend_ten_moves_the_end() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:30:00Z");
        couch.orders(new SessionCommand.Extend(Duration.ofMinutes(10)));

        assertThat(couch.window(OPENS).closesAt()).isEqualTo("2026-11-04T19:00:00Z");
        assertThat(couch.told()).containsExactly(new ClientLetter.Extended(Instant.parse("2026-11-04T19:00:00Z")));
        couch.at("2026-11-04T18:59:59Z");
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.OPEN);
    }

    @Test
    void extending_when_nothing_is_open_is_answered_so() {
        Couch couch = Couch.holding().invitesWeekly().orders(new SessionCommand.Extend(Duration.ofMinutes(10)));

        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.CommandAnswer.class, answer -> assertThat(answer.answer())
                        .isEqualTo(TherapistNote.Answer.NOTHING_OPEN));
    }

    @Test
    void open_now_twenty_opens_a_window_of_its_own_releases_and_is_logged_as_an_override() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T19:30:00Z");
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        couch.writes();

        couch.orders(new SessionCommand.Open(Optional.of(Duration.ofMinutes(20))));

        assertThat(couch.told()).containsExactly(new ClientLetter.OpenedNow(Instant.parse("2026-11-04T19:50:00Z")));
        Window opened = couch.window("2026-11-04T19:30:00Z");
        assertThat(opened.state()).isEqualTo(WindowState.OPEN);
        assertThat(opened.closesAt()).isEqualTo("2026-11-04T19:50:00Z");
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        assertThat(couch.logged()).containsExactly(Effect.Event.OVERRIDE);
        assertThat(couch.released()).hasSize(1);
        assertThat(couch.writes()).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
    }

    @Test
    void a_clock_set_back_reopens_nothing() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:55:00Z").at("2026-11-04T18:10:00Z");

        assertThat(couch.last).isEmpty();
        assertThat(couch.state(OPENS)).isEqualTo(WindowState.CLOSED);
        couch.at("2026-11-04T18:55:00Z");
        assertThat(couch.last).isEmpty();
    }

    @Test
    void an_answer_that_is_to_be_sent_at_the_open_waits_for_the_next_window_unless_one_is_open() {
        Couch couch = Couch.holding().invitesWeekly();

        assertThat(couch.sessions.nextOpen(couch.timetable, couch.now))
                .map(Window::opensAt)
                .contains(Instant.parse(OPENS));
        assertThat(couch.sessions.nextOpen(couch.timetable, Instant.parse("2026-11-04T18:10:00Z")))
                .isEmpty();
    }

    @Test
    void messaging_hours_are_windows_of_their_own_kind() {
        Couch couch = new Couch(
                        Couch.terms(ThreadMode.MESSAGING, OutsideMailPolicy.DELIVER),
                        Couch.LONDON,
                        "2026-11-02T09:00:00Z")
                .invitesWeekly();

        assertThat(couch.window(OPENS).kind()).isEqualTo(WindowKind.HOURS);
    }

    @Test
    void live_mail_that_does_not_get_through_for_two_minutes_is_said_once_a_window() {
        Couch couch = Couch.holding().invitesWeekly().at("2026-11-04T18:10:00Z");
        Instant posted = Instant.parse("2026-11-04T18:05:00Z");
        couch.take(couch.sessions.deferred(couch.timetable, posted, Instant.parse("2026-11-04T18:07:00Z")));
        assertThat(couch.notes()).isEmpty();

        couch.take(couch.sessions.deferred(couch.timetable, posted, Instant.parse("2026-11-04T18:10:00Z")));
        assertThat(couch.notes())
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.NotGettingThrough.class, note -> assertThat(note.backUpPlan())
                        .contains("telephone"));

        couch.take(couch.sessions.deferred(couch.timetable, posted, Instant.parse("2026-11-04T18:20:00Z")));
        assertThat(couch.notes())
                .filteredOn(TherapistNote.NotGettingThrough.class::isInstance)
                .isEmpty();
    }
}
