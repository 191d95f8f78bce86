package org.therapost.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.clientkeys.ComparisonPhrase;
import org.therapost.domain.conversation.incoming.ReplyReferences;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.TherapistNote;

/** What Dr Bloom writes to the office, and what of her calendar counts. */
class OfficeTest {

    private static final EmailAddress OFFICE = EmailAddress.of("office@practice.example");
    private static final EmailAddress GOOGLE = EmailAddress.of("bloom.d@gmail.example");
    private static final Optional<Certificate> KEY = Optional.of(new Certificate(new byte[] {1}));

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, "Alice Adams", KEY, false);
    private final ClientThread brunos = house.enrol(House.BRUNO, "Bruno", KEY, false);
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
    private int mails;

    @BeforeEach
    void alice_is_invited_by_the_calendar() {
        house.sessions.attendees = List.of(alices.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session open 20 Alice Adams",
                "session open 20 alice adams",
                "Session open 20 minutes for Alice",
                "open 20 Alice",
                "Alice: session open 20",
                "open 20 thread0@practice.example",
                "open 20 <alice@provider.example>."
            })
    void a_new_mail_names_the_client_in_words(String subject) throws Exception {
        order(subject);

        assertThat(house.sessions.toTherapist)
                .hasAtLeastOneElementOfType(TherapistNote.Opened.class)
                .hasAtLeastOneElementOfType(TherapistNote.CommandAnswer.class);
        assertThat(opened(alices)).isTrue();
        assertThat(opened(brunos)).isFalse();
        assertThat(house.parcels).isEmpty();
        assertThat(house.filed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session open 20", "session open 20 Clara", "open 20 A", "cancel", "session list"})
    void a_command_that_names_nobody_is_answered_with_the_list_and_nothing_is_done(String subject) throws Exception {
        order(subject);

        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.WhichClient(List.of(alices, brunos)));
        assertThat(house.sessions.toTherapist).isEmpty();
    }

    @Test
    void a_name_that_two_clients_share_is_answered_with_those_two() throws Exception {
        ClientThread others = house.enrol(EmailAddress.of("aa@mail.example"), "Alice Brown", KEY, false);
        order("session open 20 Alice");

        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.WhichClient(List.of(alices, others)));
        order("session open 20 Alice Brown");
        assertThat(opened(others)).isTrue();
        assertThat(opened(alices)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "confirm Alice Adams",
                "Confirm alice.",
                "confirm thread0@practice.example",
                "confirm: Alice",
                "Alice best\u00e4tigen",
                "best\u00e4tigen Alice"
            })
    void a_command_about_a_key_names_the_client(String subject) throws Exception {
        waits(alices, "laptop");
        waits(brunos, "phone");

        order(subject);

        assertThat(asked()).containsExactly("laptop");
    }

    @Test
    void the_words_of_a_key_stand_behind_the_client_s_name_or_alone_in_a_reply() throws Exception {
        waits(alices, "laptop");
        waits(brunos, "phone");
        String words = ComparisonPhrase.of("thread0@practice.example", "laptop").text();
        String reply = "Re: A key waits\nIn-Reply-To: <note.thread0.7@practice.example>";

        order("confirm Bruno " + words);
        assertThat(said()).containsExactly(OfficeNote.KeyWord.WRONG_WORDS);
        order(reply, "confirm Bruno " + words);
        assertThat(house.sessions.ofOffice).last().isEqualTo(new OfficeNote.WhichClient(List.of(alices, brunos)));
        order("confirm Alice " + words);
        assertThat(said()).last().isEqualTo(OfficeNote.KeyWord.CONFIRMED);
        order(reply, "confirm " + words);
        order(reply, "confirm Alice " + words);

        assertThat(said())
                .containsExactly(
                        OfficeNote.KeyWord.WRONG_WORDS,
                        OfficeNote.KeyWord.CONFIRMED,
                        OfficeNote.KeyWord.CONFIRMED,
                        OfficeNote.KeyWord.CONFIRMED);
        assertThat(asked()).isEmpty();
    }

    @Test
    void a_command_about_a_key_that_names_nobody_is_answered_with_the_list() throws Exception {
        waits(alices, "laptop");

        order("confirm");
        order("refuse Clara");

        assertThat(house.sessions.ofOffice)
                .filteredOn(OfficeNote.WhichClient.class::isInstance)
                .containsExactly(
                        new OfficeNote.WhichClient(List.of(alices, brunos)),
                        new OfficeNote.WhichClient(List.of(alices, brunos)));
        assertThat(said()).isEmpty();
    }

    private void waits(ClientThread thread, String key) throws Exception {
        house.sessions.clientKeyDesk().putOnFile(thread, new Certificate(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** The keys that Dr Bloom is to compare. */
    private List<String> asked() {
        return house.sessions.ofOffice.stream()
                .filter(OfficeNote.KeyQuestion.class::isInstance)
                .map(note -> ((OfficeNote.KeyQuestion) note).fingerprint())
                .toList();
    }

    private List<OfficeNote.KeyWord> said() {
        return house.sessions.ofOffice.stream()
                .filter(OfficeNote.KeyAnswer.class::isInstance)
                .map(note -> ((OfficeNote.KeyAnswer) note).said())
                .toList();
    }

    @Test
    void a_reply_to_a_note_is_a_command_about_the_thread_of_the_note() throws Exception {
        order("Re: Bruno: Messages held\nIn-Reply-To: <note.thread1.7@practice.example>", "open 20");
        assertThat(opened(brunos)).isTrue();

        order("Re: Bruno: Messages held\nIn-Reply-To: <note.thread1.7@practice.example>", "open 20 Alice");
        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.WhichClient(List.of(brunos, alices)));
        assertThat(opened(alices)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept new server Alice",
                "Accept the new mail servers for Alice Adams.",
                "Alice: accept new server",
                "Re: Alice: another mail server\nIn-Reply-To: <note.thread0.7@practice.example>"
            })
    void a_new_mail_server_is_accepted_for_the_client_who_is_meant(String subject) throws Exception {
        MailExchangers servers = new MailExchangers("provider.example", List.of("mx.elsewhere.example"));
        NewExchangers others = new NewExchangers(servers, House.NOW, House.NOW, Optional.of(House.NOW));
        ExchangerPin pin = new ExchangerPin(Optional.empty(), Optional.of(others), ExchangerPin.WhenUnpinned.WAITS);
        house.sessions.pins.pins.put(alices.id(), pin);
        house.sessions.pins.pins.put(brunos.id(), pin);

        order(subject, "accept new server");

        assertThat(house.sessions.pins.pins)
                .containsEntry(alices.id(), ExchangerPin.of(servers))
                .containsEntry(brunos.id(), pin);
        assertThat(house.sessions.ofOffice)
                .containsExactly(new OfficeNote.ServerAcceptance(new ClientServers.Acceptance.Accepted(servers)));
    }

    @Test
    void a_new_mail_server_of_nobody_in_particular_is_not_accepted() throws Exception {
        order("accept new server");

        assertThat(house.sessions.ofOffice).singleElement().isInstanceOf(OfficeNote.WhichClient.class);
        assertThat(house.sessions.pins.pins).isEmpty();
    }

    @Test
    void what_is_no_command_is_answered_with_the_help_page() throws Exception {
        order("How are you?");
        order("help");
        order("session opne 20 Bruno");

        assertThat(house.sessions.ofOffice)
                .containsExactly(
                        new OfficeNote.Help(OfficeNote.Occasion.NOT_UNDERSTOOD),
                        new OfficeNote.Help(OfficeNote.Occasion.QUESTION),
                        new OfficeNote.Help(OfficeNote.Occasion.NOT_UNDERSTOOD));
    }

    @Test
    void the_same_command_again_is_carried_out_and_answered_once() throws Exception {
        Submission order = submission(OFFICE, "Subject: session open 20 Bruno", "x", "<same@laptop.example>");
        FiledMessage first = AllSteps.send(journey, order);
        int notes = house.sessions.toTherapist.size();

        assertThat(AllSteps.send(journey, order)).isEqualTo(first);
        assertThat(house.sessions.toTherapist).hasSize(notes);
    }

    @Test
    void automatic_mail_to_the_office_is_answered_once_a_day() throws Exception {
        order("Away\nAuto-Submitted: auto-replied");
        order("Away\nAuto-Submitted: auto-replied");

        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.AutomaticMail());
        assertThat(house.filed).hasSize(1);
    }

    @Test
    void an_event_of_an_unknown_organizer_counts_and_only_yes_makes_the_address_hers() throws Exception {
        invite(GOOGLE);
        assertThat(house.sessions.toTherapist).hasAtLeastOneElementOfType(TherapistNote.Confirmed.class);
        assertThat(house.sessions.ofOffice).containsExactly(new OfficeNote.IsItYours(GOOGLE));

        order("Re: Alice: Is this your own address?\nIn-Reply-To: <note.own.bloom.d@practice.example>", "perhaps");
        assertThat(house.sessions.own.state(house.bloom.id(), GOOGLE)).hasValue(OwnAddresses.State.ASKED);
        order("Re: Alice: Is this your own address?\nIn-Reply-To: <note.own.bloom.d@practice.example>", "yes");
        assertThat(house.sessions.own.state(house.bloom.id(), GOOGLE)).hasValue(OwnAddresses.State.CONFIRMED);

        order("addresses");
        order("forget bloom.d@gmail.example");
        assertThat(house.sessions.own.state(house.bloom.id(), GOOGLE)).isEmpty();
        assertThat(house.sessions.ofOffice)
                .endsWith(
                        new OfficeNote.OwnAddresses(OfficeNote.Change.NONE, List.of(GOOGLE)),
                        new OfficeNote.OwnAddresses(OfficeNote.Change.FORGOTTEN, List.of()));
    }

    @Test
    void an_event_of_somebody_else_makes_no_session_and_the_mail_is_a_letter() throws Exception {
        invite(House.BRUNO);
        invite(EmailAddress.of("other@practice.example"));
        house.sessions.attendees = List.of(bloom);
        invite(EmailAddress.of("congress@hotel.example"));
        house.sessions.attendees = List.of(alices.address(), bloom);
        invite(EmailAddress.of("congress@hotel.example"));

        assertThat(house.parcels).hasSize(4);
        assertThat(house.sessions.toTherapist).isEmpty();
        assertThat(house.sessions.ofOffice).hasSize(4).allSatisfy(note -> assertThat(note)
                .isInstanceOf(OfficeNote.EventOfAnother.class));
    }

    @Test
    void a_calendar_message_without_effect_is_answered_too() throws Exception {
        invite(bloom);
        house.sessions.toTherapist.clear();
        invite(bloom);
        house.sessions.calendar = Optional.of(new CalendarMessage.Cancel(
                bloom, new WindowKey("unknown@calendar.example", Optional.empty()), new Revision(1, House.NOW)));
        calendar();

        assertThat(house.sessions.toTherapist)
                .containsExactly(
                        new TherapistNote.Unchanged(TherapistNote.Cause.KNOWN_ALREADY),
                        new TherapistNote.Unchanged(TherapistNote.Cause.UNKNOWN_EVENT));
    }

    @Test
    void a_cancellation_that_works_is_answered() throws Exception {
        invite(bloom);
        house.sessions.toTherapist.clear();
        house.sessions.calendar = Optional.of(new CalendarMessage.Cancel(
                bloom, new WindowKey("1@calendar.example", Optional.empty()), new Revision(1, House.NOW)));
        calendar();

        assertThat(house.sessions.toTherapist).singleElement().isInstanceOf(TherapistNote.Cancelled.class);
    }

    private void invite(EmailAddress organizer) throws Exception {
        Series event = new Series(
                "1@calendar.example",
                new Revision(0, House.NOW),
                Series.Pattern.once(
                        LocalDateTime.ofInstant(House.NOW.plus(Duration.ofDays(2)), ZoneId.of("UTC")),
                        WallClock.of(ZoneId.of("Europe/London")),
                        Duration.ofMinutes(50)));
        house.sessions.calendar = Optional.of(new CalendarMessage.Request(organizer, List.of(event), List.of()));
        calendar();
    }

    private void calendar() throws Exception {
        AllSteps.send(
                journey,
                submission(alices.address(), "Subject: Session", "x", "<calendar" + mails++ + "@laptop.example>"));
        house.sessions.calendar = Optional.empty();
    }

    private boolean opened(ClientThread thread) throws Exception {
        return house.sessions
                .timetables
                .find(thread.id())
                .filter(timetable -> !timetable.windows().isEmpty())
                .isPresent();
    }

    private void order(String subject) throws Exception {
        order(subject, "x");
    }

    private void order(String subject, String text) throws Exception {
        AllSteps.send(journey, submission(OFFICE, "Subject: " + subject, text, "<" + mails++ + "@laptop.example>"));
    }

    private Submission submission(EmailAddress to, String fields, String text, String id) {
        return new Submission(
                new Submission.Envelope(bloom, Optional.of(bloom), List.of(to)),
                new Submission.Header(List.of(bloom), List.of(to), ReplyReferences.NOTHING, Optional.of(id)),
                House.mail("From: bloom@practice.example\nMessage-ID: " + id + "\n" + fields + "\n\n" + text + "\n"));
    }
}
