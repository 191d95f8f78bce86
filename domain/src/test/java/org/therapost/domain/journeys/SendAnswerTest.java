package org.therapost.domain.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.conversation.AllSteps;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.incoming.ReplyReferences;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.people.Client;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.MailOrigin;

class SendAnswerTest {

    private static final Certificate ALICES_KEY = new Certificate(new byte[] {1});
    private static final MailContent WRITTEN = House.mail("From: bloom@practice.example\n\nan answer\n");

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.of(ALICES_KEY), false);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), true);
    private final EmailAddress bloom = house.bloom.address();
    private final SendAnswer journey = new SendAnswer(
            house.sessions.addressing(),
            house,
            house,
            house,
            house.sessions.desk(),
            house.sessions.office(),
            house.messageIds,
            house.clock);

    @Test
    void an_answer_is_filed_in_the_thread_and_posted_as_openpgp_when_a_key_is_on_file() throws Exception {
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(alices.address()), List.of()));

        assertThat(house.filed).singleElement().satisfies(filing -> assertThat(filing.place())
                .isEqualTo(new FilingPlace.FromTherapist(alices)));
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
                Series.Pattern.once(
                        LocalDateTime.parse("2099-01-01T18:00"),
                        WallClock.of(ZoneId.of("Europe/London")),
                        Duration.ofMinutes(50)));
        house.sessions.calendar = Optional.of(new CalendarMessage.Request(bloom, List.of(event), List.of()));
        send("Subject: Session with A.");

        assertThat(house.sessions.toTherapist).singleElement().isInstanceOf(TherapistNote.Confirmed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session open 20",
                "session cancel",
                "Session on Friday: please bring your diary",
                "session",
                "help",
                "open"
            })
    void whatever_its_subject_a_letter_to_the_thread_goes_to_the_client(String subject) throws Exception {
        send("Subject: " + subject);

        assertThat(house.parcels).hasSize(1);
        assertThat(house.sessions.toTherapist).isEmpty();
        assertThat(house.sessions.ofOffice).isEmpty();
    }

    @Test
    void what_a_program_sends_by_itself_answers_nothing_and_never_leaves() throws Exception {
        send("Subject: Away\nAuto-Submitted: auto-replied\nMessage-ID: <1@laptop.example>");

        assertThat(house.parcels).isEmpty();
        assertThat(house.filed).extracting(Filing::place).containsExactly(new FilingPlace.Notice(house.bloom));
        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.NotPassedOn(MailOrigin.AUTOMATIC_REPLY));
    }

    @Test
    void a_receipt_with_a_null_sender_is_taken_and_never_leaves() throws Exception {
        AllSteps.send(
                journey,
                new Submission(
                        new Submission.Envelope(bloom, Optional.empty(), List.of(House.ALICE)),
                        new Submission.Header(
                                List.of(bloom),
                                List.of(House.ALICE),
                                ReplyReferences.NOTHING,
                                Optional.of("<1@laptop.example>")),
                        WRITTEN));

        assertThat(house.parcels).isEmpty();
        assertThat(house.sessions.ofOffice).hasSize(1);
    }

    @Test
    void a_letter_that_answers_a_note_is_refused_since_it_quotes_what_was_for_the_therapist_alone() {
        assertRefused(Refusal.ANSWERS_A_NOTE, answering("<note.thread0.1@practice.example>"));
    }

    @Test
    void a_letter_that_answers_a_message_of_another_client_is_refused() throws Exception {
        house.sessions.knownIds.file(filed(brunos, "<b1@elsewhere.example>"));
        house.sessions.knownIds.file(filed(alices, "<a1@provider.example>"));

        assertRefused(Refusal.ANSWERS_ANOTHER_THREAD, answering("<b1@elsewhere.example>"));
        assertThatThrownBy(() -> AllSteps.send(journey, answering("<b1@elsewhere.example>")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.threads())
                        .containsExactly(brunos.address()));
        AllSteps.send(journey, answering("<a1@provider.example>"));
        AllSteps.send(journey, answering("<nobody-knows@it.example>"));
        assertThat(house.parcels).hasSize(2);
    }

    @Test
    void what_may_answer_a_message_of_a_changed_thread_does_not_leave_and_other_answers_do() throws Exception {
        house.sessions.knownIds.file(filed(brunos, "<b1@elsewhere.example>"));
        house.sessions.knownIds.file(filed(alices, "<a1@provider.example>"));
        house.changed.add(brunos.id());

        assertThatThrownBy(() -> AllSteps.send(journey, answering("<b1@elsewhere.example>")))
                .isInstanceOf(CannotTellException.class);
        assertThat(house.parcels).isEmpty();
        AllSteps.send(journey, answering("<a1@provider.example>"));
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(alices.address()), List.of()));
        assertThat(house.parcels).hasSize(2);
    }

    @Test
    void what_it_answers_decides_and_where_nobody_knows_that_the_latest_of_the_conversation() throws Exception {
        String hers = "<a1@provider.example>";
        String his = "<b1@elsewhere.example>";
        house.sessions.knownIds.file(filed(alices, hers));
        house.sessions.knownIds.file(filed(brunos, his));

        assertRefused(Refusal.ANSWERS_ANOTHER_THREAD, answering(new ReplyReferences(List.of(), List.of(hers, his))));
        assertRefused(
                Refusal.ANSWERS_ANOTHER_THREAD,
                answering(new ReplyReferences(List.of("<x@y.example>"), List.of(hers, his))));
        assertRefused(
                Refusal.ANSWERS_ANOTHER_THREAD,
                answering(new ReplyReferences(List.of(), List.of(hers, his, "<x@y.example>"))));
        assertRefused(Refusal.ANSWERS_ANOTHER_THREAD, answering(new ReplyReferences(List.of(hers, his), List.of())));
        AllSteps.send(journey, answering(new ReplyReferences(List.of(), List.of(his, hers))));
        AllSteps.send(journey, answering(new ReplyReferences(List.of(hers), List.of(hers, his))));
        assertThat(house.parcels).hasSize(2);
    }

    @Test
    void a_message_that_stands_in_two_threads_names_none() throws Exception {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), true);
        house.sessions.knownIds.file(filed(brunos, "<both@elsewhere.example>"));
        house.sessions.knownIds.file(filed(claras, "<both@elsewhere.example>"));

        AllSteps.send(journey, answering("<both@elsewhere.example>"));
        assertThat(house.parcels).hasSize(1);
    }

    @Test
    void her_own_letter_to_one_client_is_not_answered_to_another() throws Exception {
        AllSteps.send(
                journey,
                new Submission(
                        new Submission.Envelope(bloom, Optional.of(bloom), List.of(brunos.address())),
                        new Submission.Header(
                                List.of(bloom),
                                List.of(),
                                ReplyReferences.NOTHING,
                                Optional.of("<sent@laptop.example>")),
                        WRITTEN));

        assertThatThrownBy(() -> AllSteps.send(journey, answering("<sent@laptop.example>")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.ANSWERS_ANOTHER_THREAD));
        assertThat(house.parcels).hasSize(1);
    }

    private Filing filed(ClientThread thread, String messageId) {
        byte[] none = new byte[0];
        return new Filing(
                new MessageId(UUID.randomUUID()),
                new FilingPlace.FromTherapist(thread),
                new SealedMessage(none, none, none, none, 0, 0),
                house.messageIds.marks().ofRecord(thread, messageId));
    }

    private Submission answering(String id) {
        return answering(ReplyReferences.to(id));
    }

    private Submission answering(ReplyReferences replyReferences) {
        return new Submission(
                new Submission.Envelope(bloom, Optional.of(bloom), List.of(alices.address())),
                new Submission.Header(List.of(bloom), List.of(), replyReferences, Optional.empty()),
                WRITTEN);
    }

    private void send(String fields) throws Exception {
        MailContent mail = House.mail("From: bloom@practice.example\n" + fields + "\n\nx\n");
        AllSteps.send(
                journey,
                new Submission(
                        new Submission.Envelope(bloom, Optional.of(bloom), List.of(alices.address())),
                        new Submission.Header(List.of(bloom), List.of(), ReplyReferences.NOTHING, Optional.empty()),
                        mail));
    }

    @Test
    void with_recorded_consent_an_answer_travels_over_tls() throws Exception {
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(brunos.address()), List.of()));
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.TLS);
    }

    @Test
    void without_key_and_consent_an_answer_waits_as_written_and_the_therapist_is_told() throws Exception {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), false);
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(claras.address()), List.of()));

        assertThat(house.parcels).singleElement().satisfies(parcel -> {
            assertThat(parcel.carriage()).isEqualTo(Carriage.WAIT);
            assertThat(parcel.content()).isSameAs(WRITTEN);
        });
        assertThat(house.filed)
                .extracting(Filing::place)
                .containsExactly(new FilingPlace.FromTherapist(claras), new FilingPlace.Notice(house.bloom));
        assertThat(house.notices).singleElement().isInstanceOf(CarriageNote.Waiting.class);
    }

    @Test
    void what_waited_is_posted_when_consent_is_recorded() throws Exception {
        ClientThread claras = house.enrol(EmailAddress.of("clara@provider.example"), Optional.empty(), false);
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(claras.address()), List.of()));
        ReleaseWaiting release = new ReleaseWaiting(house, house, house, house, house.sessions.advanceSessions());
        assertThat(release.release(claras.id())).isZero();

        house.change(claras, new Client(claras.client().address(), "Clara", Optional.empty(), true));

        assertThat(release.release(claras.id())).isEqualTo(1);
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.TLS);
        assertThat(release.release(claras.id())).isZero();
    }

    @Test
    void an_expired_key_is_no_key_and_the_answer_waits_in_spite_of_a_consent() throws Exception {
        house.expired.add(ALICES_KEY);
        house.change(alices, new Client(alices.client().address(), "Alice", Optional.of(ALICES_KEY), true));
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(alices.address()), List.of()));
        assertThat(house.parcels).extracting(Parcel::carriage).containsExactly(Carriage.WAIT);
        assertThat(house.notices).singleElement().isInstanceOf(CarriageNote.Waiting.class);
    }

    @Test
    void a_reply_to_the_clients_own_mailbox_is_an_answer_in_the_thread() throws Exception {
        AllSteps.send(journey, reply(List.of(House.ALICE), List.of(House.ALICE, alices.address())));
        assertThat(house.filed).extracting(Filing::place).containsExactly(new FilingPlace.FromTherapist(alices));
        assertThat(house.parcels).extracting(Parcel::sender).containsExactly(Optional.of(alices.address()));
    }

    @Test
    void a_new_message_to_the_clients_own_mailbox_goes_through_the_thread() throws Exception {
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(House.ALICE), List.of(House.ALICE)));
        AllSteps.send(journey, submission(bloom, List.of(bloom), List.of(alices.address()), List.of(House.ALICE)));
        assertThat(house.parcels)
                .extracting(Parcel::sender)
                .containsExactly(Optional.of(alices.address()), Optional.of(alices.address()));
    }

    @Test
    void the_office_beside_a_thread_is_refused() {
        EmailAddress office = EmailAddress.of("Office@practice.example");
        assertRefused(
                Refusal.OFFICE_BESIDE, submission(bloom, List.of(bloom), List.of(alices.address(), office), List.of()));
        assertRefused(
                Refusal.OFFICE_BESIDE,
                submission(bloom, List.of(bloom), List.of(office), List.of(office, alices.address())));
    }

    @Test
    void another_therapists_client_is_an_outside_address() {
        assertThatThrownBy(() -> house.sessions.addressing().of(EmailAddress.of("other@practice.example"), House.ALICE))
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
                Refusal.OUTSIDE_BESIDE,
                submission(bloom, List.of(bloom), List.of(alices.address(), House.MALLORY), List.of()));
        assertRefused(
                Refusal.OUTSIDE_BESIDE,
                submission(bloom, List.of(bloom), List.of(alices.address()), List.of(House.MALLORY)));
    }

    @Test
    void the_therapists_own_address_in_the_header_does_no_harm() throws Exception {
        AllSteps.send(
                journey,
                submission(bloom, List.of(bloom), List.of(alices.address()), List.of(alices.address(), bloom)));
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
                new Submission.Envelope(bloom, Optional.of(bloom), List.of(alices.address())),
                new Submission.Header(
                        List.of(bloom), List.of(), ReplyReferences.NOTHING, Optional.of("<1@practice.example>")),
                WRITTEN);

        FiledMessage first = AllSteps.send(journey, submission);

        assertThat(AllSteps.send(journey, submission)).isEqualTo(first);
        assertThat(house.filed).hasSize(1);
        assertThat(house.parcels).hasSize(1);
    }

    private void assertRefused(Refusal refusal, Submission submission) {
        assertThatThrownBy(() -> AllSteps.send(journey, submission))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
        assertThat(house.filed).isEmpty();
        assertThat(house.parcels).isEmpty();
    }

    private Submission submission(
            EmailAddress sender, List<EmailAddress> authors, List<EmailAddress> recipients, List<EmailAddress> named) {
        return new Submission(
                new Submission.Envelope(bloom, Optional.of(sender), recipients),
                new Submission.Header(authors, named, ReplyReferences.NOTHING, Optional.empty()),
                WRITTEN);
    }

    private Submission reply(List<EmailAddress> recipients, List<EmailAddress> named) {
        return new Submission(
                new Submission.Envelope(bloom, Optional.of(bloom), recipients),
                new Submission.Header(
                        List.of(bloom), named, ReplyReferences.to("<a1@provider.example>"), Optional.empty()),
                WRITTEN);
    }
}
