package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.UrgentWord;

/** docs/sessions.md section 3: what is about the time, and what is urgent, does not wait for it. */
class AboutTimeTest {

    private static final ClientMail.OurLetter INVITATION = new ClientMail.OurLetter.AboutEvent(Couch.UID);
    private static final AdmissionResult.Visibility AT_ONCE = new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);

    @ParameterizedTest
    @EnumSource(OutsideMailPolicy.class)
    void i_am_ill_on_tuesday_could_we_meet_on_wednesday_is_delivered_at_once(OutsideMailPolicy policy) {
        Couch couch = Couch.with(policy).invitesWeekly();
        assertThat(couch.receives(couch.answering(INVITATION, false, 15), couch.now))
                .isEqualTo(AT_ONCE);
    }

    @Test
    void an_answer_to_the_notice_of_this_closed_period_counts_and_one_to_an_older_one_does_not() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();
        ClientMail.OurLetter notice = new ClientMail.OurLetter.Notice(couch.now);
        couch.at("2026-11-03T09:00:00Z");
        assertThat(couch.receives(couch.answering(notice, false, 15), couch.now))
                .isEqualTo(AT_ONCE);

        couch.at("2026-11-05T09:00:00Z");
        assertThat(couch.receives(couch.answering(notice, false, 15), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void three_a_closed_period_are_let_through_and_the_next_period_begins_anew() {
        Couch couch = Couch.holding().invitesWeekly();
        for (int i = 0; i < 3; i++) {
            assertThat(couch.receives(couch.answering(INVITATION, false, 200), couch.now))
                    .isEqualTo(AT_ONCE);
        }
        assertThat(couch.receives(couch.answering(INVITATION, false, 15), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
        couch.at("2026-11-05T09:00:00Z");
        assertThat(couch.receives(couch.answering(INVITATION, false, 15), couch.now))
                .isEqualTo(AT_ONCE);
    }

    @Test
    void long_letters_machines_and_answers_to_what_is_over_wait() {
        Couch couch = Couch.holding()
                .invitesWeekly()
                .invites(Couch.event("once@calendar.example", "2026-11-03T10:00", "", 0));
        ClientMail.OurLetter once = new ClientMail.OurLetter.AboutEvent("once@calendar.example");
        assertThat(couch.receives(couch.answering(INVITATION, false, 201), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
        assertThat(couch.receives(couch.answering(INVITATION, true, 15), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
        couch.at("2026-11-03T12:00:00Z");
        assertThat(couch.receives(couch.answering(once, false, 15), couch.now))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @Test
    void a_subject_alone_counts_never() {
        assertThat(Couch.holding().invitesWeekly().writesSubject("Re: Appointment"))
                .isInstanceOf(AdmissionResult.Visibility.Held.class);
    }

    @ParameterizedTest
    @CsvSource({
        "red umbrella, Red Umbrella please, true",
        "red umbrella, '  AW: Re: RED\u00a0\u2003umbrella!', true",
        "red umbrella, 'Re[2]: red   umbrella', true",
        "red umbrella, Fwd:red umbrella, true",
        "red umbrella, red umbrellas, false",
        "red umbrella, the red umbrella, false",
        "red umbrella, red, false",
        "Straße, STRASSE heute, true",
        "d\u00e9j\u00e0 vu, De\u0301ja\u0300 Vu, true",
        "\uff55rgent, urgent, true",
        "help!, Help! now, true",
        "0, 0, true"
    })
    void an_agreed_phrase_matches_however_it_is_written(String agreed, String subject, boolean urgent) {
        UrgentWord.check(agreed);
        assertThat(UrgentWord.begins(subject, agreed)).isEqualTo(urgent);
    }

    @ParameterizedTest
    @CsvSource({"' '", "Re: now", "aw: aw: hilfe", "!!!", "'\u200b'"})
    void a_phrase_that_could_never_match_is_refused_when_it_is_agreed(String word) {
        Terms terms = Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD);
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new Terms(
                        Instant.EPOCH,
                        terms.mode(),
                        terms.zone(),
                        new Terms.OutsideMail(terms.policy(), terms.maxHold(), java.util.Optional.of(word)),
                        new Terms.WindowRules(
                                terms.length(),
                                terms.lateness(),
                                terms.grace(),
                                terms.backUpPlan(),
                                HoursSummary.NEVER),
                        terms.cycle()))
                .withMessageContaining("urgent-word");
    }
}
