package org.therapost.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.CalendarMessage;
import org.therapost.domain.sessions.Revision;
import org.therapost.domain.sessions.Series;
import org.therapost.domain.sessions.TherapistNote;
import org.therapost.domain.sessions.WallClock;

class SendAnswerTest {

    private static final Certificate ALICES_KEY = new Certificate(new byte[] {1});
    private static final MailContent WRITTEN = House.mail("From: bloom@practice.example\n\nan answer\n");

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.of(ALICES_KEY), false);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), true);
    private final EmailAddress bloom = house.bloom.address();
    private final SendAnswer journey =
            new SendAnswer(house, house, house, house, house.sessions.desk(), house.messageIds, house.clock);

    @Test
    void an_answer_is_filed_in_the_thread_and_posted_as_openpgp_when_a_key_is_on_file() throws Exception {
        journey.send(submission(bloom, List.of(bloom), List.of(alices.address()), List.of()));

        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new Place.FromTherapist(alices)));
        assertThat(house.parcels).singleElement().satisfies(parcel -> {
            assertThat(parcel.carriage()).isEqualTo(Carriage.OPENPGP);
            assertThat(parcel.recipient()).isEqualTo(House.ALICE);
            assertThat(parcel.sender()).hasValue(alices.address());
        });
    }

    @Test
    void an_invitation_is_one_also_if_its_title_begins_like_a_command() throws Exception {
        Series event = new Series(
                "1@calendar.example",
                new Revision(0, House.NOW),
                LocalDateTime.parse("2099-01-01T18:00"),
                WallClock.of(ZoneId.of("Europe/London")),
                Duration.ofMinutes(50),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Map.of(),
                false);
        house.sessions.calendar = Optional.of(new CalendarMessage.Request(bloom, List.of(event), List.of()));
        send("Subject: Session with A.");

        assertThat(house.sessions.toTherapist).singleElement().isInstanceOf(TherapistNote.Confirmed.class);
    }

    @Test
    void a_command_is_carried_out_also_if_the_program_wraps_it_in_something_unreadable() throws Exception {
        house.sessions.calendar =
                Optional.of(new CalendarMessage.Unusable(CalendarMessage.Reason.TNEF, Optional.empty()));
        send("Subject: session open 20");
        send("Subject: hello");

        assertThat(house.sessions.toTherapist)
                .hasAtLeastOneElementOfType(TherapistNote.Opened.class)
                .last()
                .isInstanceOf(TherapistNote.NotUnderstood.class);
    }

    @Test
    void a_reply_to_a_note_of_ours_never_leaves() throws Exception {
        send("Subject: Re: Messages held\nIn-Reply-To: <note.1@practice.example>");

        assertThat(house.parcels).isEmpty();
        assertThat(house.sessions.toTherapist)
                .singleElement()
                .isInstanceOfSatisfying(TherapistNote.CommandAnswer.class, answer -> assertThat(answer.answer())
                        .isEqualTo(TherapistNote.Answer.HELP));
    }

    private void send(String fields) throws Exception {
        MailContent mail = House.mail("From: bloom@practice.example\n" + fields + "\n\nx\n");
        journey.send(new Submission(
                bloom, bloom, List.of(alices.address()), List.of(bloom), List.of(), false, Optional.empty(), mail));
    }

    @Test
    void with_recorded_consent_an_answer_travels_over_tls() throws Exception {
        journey.send(submission(bloom, List.of(bloom), List.of(brunos.address()), List.of()));
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.TLS);
    }

    @Test
    void without_key_and_consent_an_answer_waits_as_written_and_the_therapist_is_told() throws Exception {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), false);
        journey.send(submission(bloom, List.of(bloom), List.of(claras.address()), List.of()));

        assertThat(house.parcels).singleElement().satisfies(parcel -> {
            assertThat(parcel.carriage()).isEqualTo(Carriage.WAIT);
            assertThat(parcel.content()).isSameAs(WRITTEN);
        });
        assertThat(house.filed)
                .extracting(Filing::place)
                .containsExactly(new Place.FromTherapist(claras), new Place.Notice(house.bloom));
        assertThat(house.notices).singleElement().isInstanceOf(Notice.Waiting.class);
    }

    @Test
    void what_waited_is_posted_when_consent_is_recorded() throws Exception {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), false);
        journey.send(submission(bloom, List.of(bloom), List.of(claras.address()), List.of()));
        ReleaseWaiting release = new ReleaseWaiting(house, house, house, house);
        assertThat(release.release(claras.id())).isZero();

        house.change(claras, new Client(claras.client().address(), "Clara", Optional.empty(), true));

        assertThat(release.release(claras.id())).isEqualTo(1);
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.TLS);
        assertThat(release.release(claras.id())).isZero();
    }

    @Test
    void an_expired_key_is_no_key_and_the_answer_waits() throws Exception {
        house.expired.add(ALICES_KEY);
        journey.send(submission(bloom, List.of(bloom), List.of(alices.address()), List.of()));
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.WAIT);
        assertThat(house.notices).singleElement().isInstanceOf(Notice.Waiting.class);
    }

    @Test
    void a_reply_to_the_clients_own_mailbox_is_an_answer_in_the_thread() throws Exception {
        journey.send(reply(List.of(House.ALICE), List.of(House.ALICE, alices.address())));
        assertThat(house.filed).extracting(Filing::place).containsExactly(new Place.FromTherapist(alices));
        assertThat(house.parcels).extracting(Parcel::sender).containsExactly(Optional.of(alices.address()));
    }

    @Test
    void a_new_message_to_the_clients_own_mailbox_is_refused() {
        assertRefused(
                Refusal.NOT_A_THREAD, submission(bloom, List.of(bloom), List.of(House.ALICE), List.of(House.ALICE)));
        assertRefused(
                Refusal.NOT_A_THREAD,
                submission(bloom, List.of(bloom), List.of(alices.address()), List.of(House.ALICE)));
    }

    @Test
    void another_therapists_client_is_an_outside_address() {
        assertThatThrownBy(() -> journey.addressee(EmailAddress.of("other@practice.example"), House.ALICE))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void two_threads_in_one_mail_are_refused() {
        assertRefused(
                Refusal.SEVERAL_THREADS,
                submission(bloom, List.of(bloom), List.of(alices.address(), brunos.address()), List.of()));
    }

    @Test
    void a_second_thread_in_the_header_is_refused() {
        assertRefused(
                Refusal.SEVERAL_THREADS,
                submission(
                        bloom, List.of(bloom), List.of(alices.address()), List.of(alices.address(), brunos.address())));
    }

    @Test
    void an_outside_address_is_refused() {
        assertRefused(
                Refusal.NOT_A_THREAD,
                submission(bloom, List.of(bloom), List.of(alices.address(), House.MALLORY), List.of()));
        assertRefused(
                Refusal.NOT_A_THREAD,
                submission(bloom, List.of(bloom), List.of(alices.address()), List.of(House.MALLORY)));
    }

    @Test
    void the_therapists_own_address_in_the_header_does_no_harm() throws Exception {
        journey.send(submission(bloom, List.of(bloom), List.of(alices.address()), List.of(alices.address(), bloom)));
        assertThat(house.parcels).hasSize(1);
    }

    @Test
    void a_therapist_writes_only_as_self() {
        EmailAddress other = EmailAddress.of("other@practice.example");
        assertRefused(Refusal.NOT_SELF, submission(other, List.of(bloom), List.of(alices.address()), List.of()));
        assertRefused(Refusal.NOT_SELF, submission(bloom, List.of(other), List.of(alices.address()), List.of()));
        assertRefused(Refusal.NOT_SELF, submission(bloom, List.of(bloom, other), List.of(alices.address()), List.of()));
        assertRefused(Refusal.NOT_SELF, submission(bloom, List.of(), List.of(alices.address()), List.of()));
    }

    @Test
    void the_same_submission_again_is_filed_and_posted_once() throws Exception {
        Submission submission = new Submission(
                bloom,
                bloom,
                List.of(alices.address()),
                List.of(bloom),
                List.of(),
                false,
                Optional.of("<1@practice.example>"),
                WRITTEN);

        FiledMessage first = journey.send(submission);

        assertThat(journey.send(submission)).isEqualTo(first);
        assertThat(house.filed).hasSize(1);
        assertThat(house.parcels).hasSize(1);
    }

    private void assertRefused(Refusal refusal, Submission submission) {
        assertThatThrownBy(() -> journey.send(submission))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
        assertThat(house.filed).isEmpty();
        assertThat(house.parcels).isEmpty();
    }

    private Submission submission(
            EmailAddress sender, List<EmailAddress> authors, List<EmailAddress> recipients, List<EmailAddress> named) {
        return new Submission(bloom, sender, recipients, authors, named, false, Optional.empty(), WRITTEN);
    }

    private Submission reply(List<EmailAddress> recipients, List<EmailAddress> named) {
        return new Submission(bloom, bloom, recipients, List.of(bloom), named, true, Optional.empty(), WRITTEN);
    }
}
