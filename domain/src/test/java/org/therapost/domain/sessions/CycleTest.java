package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;

/** docs/sessions.md section 7: cut-off on Thursdays at 18:00 in London, answered within two working days. */
class CycleTest {

    /** Thursday 5 November 2026, 18:00; two working days later is Monday 9 November. */
    private static final Instant REPLY_BY = Instant.parse("2026-11-09T18:00:00Z");

    private static Terms letters(String since, OutsideMailPolicy policy, LocalDate... holidays) {
        return new Terms(
                Instant.parse(since),
                ThreadMode.ASYNCHRONOUS,
                Couch.LONDON,
                new Terms.OutsideMail(policy, Duration.ofDays(7), Optional.empty()),
                new Terms.WindowRules(
                        Duration.ofMinutes(50),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        HoursSummary.NEVER),
                Optional.of(new Terms.CycleTerms(
                        new Terms.CutOff(DayOfWeek.THURSDAY, LocalTime.of(18, 0)),
                        2,
                        LocalTime.of(18, 0),
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        Set.of(holidays),
                        OptionalInt.of(500))));
    }

    static Couch couch(LocalDate... holidays) {
        return new Couch(
                        letters("2026-11-02T00:00:00Z", OutsideMailPolicy.DELIVER, holidays),
                        Couch.LONDON,
                        "2026-11-02T09:00:00Z")
                .at("2026-11-02T09:00:00Z");
    }

    private static Cycle.State state(Couch couch) {
        return couch.timetable.cycle().orElseThrow().state();
    }

    @Test
    void it_begins_by_awaiting_the_client() {
        assertThat(state(couch())).isEqualTo(Cycle.State.AWAITING_CLIENT);
    }

    @Test
    void a_letter_is_delivered_at_once_with_a_receipt_that_names_the_day_of_the_answer() {
        Couch couch = couch();

        assertThat(couch.writes()).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(couch.now, REPLY_BY, ClientLetter.Receipt.For.THIS_CYCLE));
        assertThat(state(couch)).isEqualTo(Cycle.State.RECEIVED);
    }

    @Test
    void several_letters_before_the_cut_off_are_one_exchange_with_one_receipt() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-03T09:00:00Z").writes();
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-05T17:59:59Z").writes();
        assertThat(couch.told()).isEmpty();

        assertThat(couch.timetable.cycle())
                .map(cycle -> cycle.progress().words())
                .contains(300);
        assertThat(couch.timetable.cycle()).flatMap(Cycle::next).isEmpty();
    }

    @Test
    void at_the_cut_off_the_therapist_is_awaited() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-05T18:00:00Z");

        assertThat(state(couch)).isEqualTo(Cycle.State.AWAITING_THERAPIST);
        assertThat(couch.timetable.cycle()).flatMap(Cycle::replyBy).contains(REPLY_BY);
    }

    @Test
    void a_letter_at_or_after_the_cut_off_belongs_to_the_next_exchange_and_the_receipt_says_so() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-05T18:00:00Z").writes();

        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        couch.now, Instant.parse("2026-11-16T18:00:00Z"), ClientLetter.Receipt.For.NEXT_CYCLE));
        couch.at("2026-11-06T18:00:00Z").writes();
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void a_receipt_that_came_too_soon_after_another_is_given_when_the_hour_has_passed() {
        Couch couch = couch();
        couch.at("2026-11-05T17:40:00Z").writes();
        couch.at("2026-11-05T18:01:00Z").writes();
        assertThat(couch.told()).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-05T18:40:00Z"));

        couch.at("2026-11-05T18:40:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        Instant.parse("2026-11-05T18:01:00Z"),
                        Instant.parse("2026-11-16T18:00:00Z"),
                        ClientLetter.Receipt.For.NEXT_CYCLE));
        couch.at("2026-11-06T09:00:00Z").writes();
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void reply_by_counts_working_days_and_holidays_of_the_therapist() {
        Couch couch = couch(LocalDate.parse("2026-11-06"), LocalDate.parse("2026-11-09"));
        couch.writes();

        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        couch.now, Instant.parse("2026-11-11T18:00:00Z"), ClientLetter.Receipt.For.THIS_CYCLE));
    }

    @Test
    void reply_by_is_local_time_across_a_change_of_clocks() {
        Couch couch = new Couch(
                        letters("2026-10-01T00:00:00Z", OutsideMailPolicy.DELIVER),
                        Couch.LONDON,
                        "2026-10-20T09:00:00Z")
                .at("2026-10-20T09:00:00Z");
        couch.writes();

        // Cut-off Thursday 22 October 18:00 in summer time; Monday 26 October 18:00 is winter time.
        assertThat(couch.timetable.cycle()).flatMap(Cycle::cutOff).contains(Instant.parse("2026-10-22T17:00:00Z"));
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        couch.now, Instant.parse("2026-10-26T18:00:00Z"), ClientLetter.Receipt.For.THIS_CYCLE));
    }

    @Test
    void the_therapist_is_reminded_a_day_and_two_hours_before() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-08T18:00:00Z");
        assertThat(couch.notes()).containsExactly(new TherapistNote.ReplyDue(REPLY_BY, Duration.ofHours(24)));
        couch.at("2026-11-09T16:00:00Z");
        assertThat(couch.notes()).containsExactly(new TherapistNote.ReplyDue(REPLY_BY, Duration.ofHours(2)));
    }

    @Test
    void an_answer_ends_the_exchange_and_nobody_is_reminded() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-06T10:00:00Z").writesBack();
        assertThat(state(couch)).isEqualTo(Cycle.State.REPLIED);

        couch.all.clear();
        couch.at("2026-11-12T00:00:00Z");
        assertThat(couch.all).isEmpty();
    }

    @Test
    void an_answer_before_the_cut_off_counts_and_a_further_letter_is_of_the_same_exchange() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-03T10:00:00Z").writesBack();
        assertThat(state(couch)).isEqualTo(Cycle.State.REPLIED);
        couch.at("2026-11-04T10:00:00Z").writes();

        assertThat(couch.told()).isEmpty();
        assertThat(state(couch)).isEqualTo(Cycle.State.RECEIVED);
        assertThat(couch.timetable.cycle()).flatMap(Cycle::replyBy).contains(REPLY_BY);
    }

    @Test
    void at_reply_by_it_is_overdue_and_only_the_therapist_is_told() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-09T18:00:00Z");

        assertThat(state(couch)).isEqualTo(Cycle.State.OVERDUE);
        assertThat(couch.notes()).contains(new TherapistNote.Overdue(REPLY_BY));
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-20T00:00:00Z");
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void a_day_later_the_client_gets_one_neutral_note_if_a_new_date_is_set() {
        Couch couch = couch();
        couch.writes();
        Instant newDate = Instant.parse("2026-11-12T18:00:00Z");
        couch.at("2026-11-09T20:00:00Z").orders(new SessionCommand.ReplyBy(newDate));
        assertThat(couch.told()).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-10T18:00:00Z"));

        couch.at("2026-11-10T18:00:00Z");
        assertThat(couch.told()).containsExactly(new ClientLetter.Delayed(newDate));
        couch.at("2026-11-15T18:00:00Z");
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void a_new_date_that_is_set_later_still_is_told_at_once() {
        Couch couch = couch();
        couch.writes();
        Instant newDate = Instant.parse("2026-11-14T18:00:00Z");
        couch.at("2026-11-12T09:00:00Z").orders(new SessionCommand.ReplyBy(newDate));

        assertThat(couch.told()).containsExactly(new ClientLetter.Delayed(newDate));
    }

    @Test
    void a_late_answer_takes_up_the_letters_of_the_next_exchange() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-06T09:00:00Z").writes();
        couch.at("2026-11-10T09:00:00Z").writesBack();

        assertThat(state(couch)).isEqualTo(Cycle.State.RECEIVED);
        assertThat(couch.timetable.cycle()).flatMap(Cycle::replyBy).contains(Instant.parse("2026-11-16T18:00:00Z"));
    }

    @Test
    void a_cut_off_without_a_letter_is_a_silent_client() {
        Couch couch = couch().at("2026-11-05T18:00:00Z");

        assertThat(state(couch)).isEqualTo(Cycle.State.CLIENT_SILENT);
        assertThat(couch.told()).isEmpty();
    }

    @Test
    void four_weeks_without_a_letter_are_dormant_and_a_letter_wakes_it() {
        Couch couch = couch();
        couch.writes();
        couch.at("2026-11-06T10:00:00Z").writesBack();
        couch.at("2026-11-30T09:00:00Z");

        assertThat(state(couch)).isEqualTo(Cycle.State.DORMANT);
        assertThat(couch.notes()).contains(new TherapistNote.Dormant(Instant.parse("2026-11-02T09:00:00Z")));
        couch.at("2026-12-20T09:00:00Z").writes();
        assertThat(state(couch)).isEqualTo(Cycle.State.RECEIVED);
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Receipt.class);
    }

    @Test
    void more_words_than_agreed_only_inform_the_therapist_once() {
        Couch couch = couch();
        couch.writesWords(400);
        assertThat(couch.notes()).isEmpty();
        couch.at("2026-11-03T09:00:00Z");
        assertThat(couch.writesWords(200)).isEqualTo(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE));
        assertThat(couch.notes()).containsExactly(new TherapistNote.ManyWords(600, 500));
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-04T09:00:00Z").writesWords(200);
        assertThat(couch.notes()).isEmpty();
    }

    @Test
    void automatic_mail_is_no_letter_and_gets_no_receipt() {
        Couch couch = couch();
        couch.writesAutomatically();

        assertThat(couch.told()).isEmpty();
        assertThat(state(couch)).isEqualTo(Cycle.State.AWAITING_CLIENT);
    }

    @Test
    void mail_in_a_session_is_no_letter() {
        Couch couch = couch().invitesWeekly().at("2026-11-04T18:10:00Z");
        couch.writes();

        assertThat(couch.told()).isEmpty();
        assertThat(state(couch)).isEqualTo(Cycle.State.AWAITING_CLIENT);
    }

    /** Letters until Tuesday 12:00, answered by Thursday 17:00 in London; the client lives in Auckland. */
    private static Couch untilTuesdayNoon(String since, LocalDate... holidays) {
        Terms agreed = letters("2026-01-01T00:00:00Z", OutsideMailPolicy.DELIVER);
        Terms terms = new Terms(
                agreed.since(),
                agreed.mode(),
                agreed.zone(),
                new Terms.OutsideMail(agreed.policy(), agreed.maxHold(), agreed.urgentWord()),
                new Terms.WindowRules(
                        agreed.length(), agreed.lateness(), agreed.grace(), agreed.backUpPlan(), agreed.hoursSummary()),
                Optional.of(new Terms.CycleTerms(
                        new Terms.CutOff(DayOfWeek.TUESDAY, LocalTime.NOON),
                        2,
                        LocalTime.of(17, 0),
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        Set.of(holidays),
                        OptionalInt.empty())));
        return new Couch(terms, ZoneId.of("Pacific/Auckland"), since).at(since);
    }

    @ParameterizedTest
    @CsvSource({
        // Winter time and summer time of the therapist; the Auckland Wednesday has begun.
        "2026-11-03T11:59:59Z, 2026-11-05T17:00:00Z",
        "2026-11-03T12:00:00Z, 2026-11-12T17:00:00Z",
        "2026-07-07T10:59:59Z, 2026-07-09T16:00:00Z",
        "2026-07-07T11:00:00Z, 2026-07-16T16:00:00Z",
        // The clocks go back between cut-off and answer, and forward.
        "2026-10-20T08:00:00Z, 2026-10-22T16:00:00Z",
        "2026-10-20T11:00:00Z, 2026-10-29T17:00:00Z",
        "2027-03-23T12:00:00Z, 2027-04-01T16:00:00Z",
    })
    void letters_until_tuesday_noon_are_answered_by_thursday_at_five_of_the_therapists_clock(
            String accepted, String replyBy) {
        Couch couch = untilTuesdayNoon(accepted);
        couch.writes();

        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        couch.now, Instant.parse(replyBy), ClientLetter.Receipt.For.THIS_CYCLE));
        couch.at(replyBy);
        assertThat(couch.notes()).contains(new TherapistNote.Overdue(Instant.parse(replyBy)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03, 2026-11-05T17:00:00Z",
        "2026-11-04, 2026-11-06T17:00:00Z",
        "2026-11-05, 2026-11-06T17:00:00Z",
        "2026-11-07, 2026-11-05T17:00:00Z",
    })
    void a_holiday_between_cut_off_and_answer_moves_the_answer_and_no_other_does(LocalDate holiday, String replyBy) {
        Couch couch = untilTuesdayNoon("2026-11-02T09:00:00Z", holiday);
        couch.writes();

        assertThat(couch.told())
                .containsExactly(new ClientLetter.Receipt(
                        couch.now, Instant.parse(replyBy), ClientLetter.Receipt.For.THIS_CYCLE));
    }
}
