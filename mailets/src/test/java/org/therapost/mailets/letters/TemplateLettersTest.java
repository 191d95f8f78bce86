package org.therapost.mailets.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.letters.Desk.THREAD;
import static org.therapost.mailets.letters.Examples.FIRST;
import static org.therapost.mailets.letters.Examples.LATER;
import static org.therapost.mailets.letters.Examples.UID;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.authentication.DmarcSenders;
import org.therapost.mailets.authentication.TestSenders;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.MailHeader;

class TemplateLettersTest {

    private static final ClientLetter HELD = new ClientLetter.Held(FIRST, LATER);
    private static final Optional<String> ABOUT = Optional.of("<one@mail.example>");

    private final Desk desk = new Desk();

    @Test
    void every_notice_and_every_note_has_wording_in_every_language() throws Exception {
        Set<Class<?>> seen = new HashSet<>();
        for (Locale language : Templates.packaged().languages()) {
            Desk its = new Desk(Templates.packaged(), language);
            for (ClientLetter notice : Examples.notices()) {
                seen.add(notice.getClass());
                assertThat(its.toClient(notice, language, Carriage.TLS).text()).doesNotContain("{{");
            }
            for (TherapistNote note : Examples.notes()) {
                seen.add(note.getClass());
                assertThat(its.toTherapist(note).text()).doesNotContain("{{");
            }
        }
        assertThat(seen).contains(ClientLetter.class.getPermittedSubclasses());
        assertThat(seen).contains(TherapistNote.class.getPermittedSubclasses());
    }

    @Test
    void times_are_told_in_the_clients_zone_with_date_and_offset_and_in_their_language() throws Exception {
        Map<String, String> moments = Map.of(
                "en", "Tuesday, 1 December 2026, 18:00 (UTC+01:00)",
                "de", "Dienstag, 1. Dezember 2026, 18:00 Uhr (UTC+01:00)",
                "fr", "mardi 1er décembre 2026 à 18:00 (UTC+01:00)",
                "es", "martes, 1 de diciembre de 2026, 18:00 h (UTC+01:00)",
                "nl", "dinsdag 1 december 2026 om 18:00 uur (UTC+01:00)");
        for (Map.Entry<String, String> each : moments.entrySet()) {
            ReadLetter letter = desk.toClient(HELD, Locale.forLanguageTag(each.getKey()), Carriage.TLS);
            assertThat(letter.text()).contains(each.getValue());
            assertThat(letter.html()).contains(each.getValue());
        }
    }

    @Test
    void a_language_without_wording_is_answered_in_english() throws Exception {
        assertThat(desk.toClient(HELD, Locale.JAPANESE, Carriage.TLS).text())
                .contains("Your message arrived on Tuesday, 1 December 2026, 18:00 (UTC+01:00).")
                .contains("will be passed on at the agreed time: Wednesday, 9 December 2026, 18:00 (UTC+01:00).");
    }

    @Test
    void an_answer_to_a_mail_says_so_and_takes_its_place_in_the_conversation() throws Exception {
        MailHeader answer = desk.reader.read(desk.content(HELD, Locale.ENGLISH, Carriage.TLS, ABOUT));
        MailHeader unasked = desk.reader.read(desk.content(HELD, Locale.ENGLISH, Carriage.TLS, Optional.empty()));

        assertThat(answer.fields("Auto-Submitted").get(0).getBody().strip()).isEqualTo("auto-replied");
        assertThat(answer.inReplyTo()).containsExactly("<one@mail.example>");
        assertThat(answer.references()).containsExactly("<one@mail.example>");
        assertThat(answer.from().readable()).containsExactly(THREAD.address());
        assertThat(answer.named().readable()).containsExactly(TestPeople.ALICE);
        assertThat(unasked.fields("Auto-Submitted").get(0).getBody().strip()).isEqualTo("auto-generated");
        assertThat(unasked.inReplyTo()).isEmpty();
    }

    @Test
    void crisis_information_is_given_at_the_level_that_the_client_chose() throws Exception {
        assertThat(letter(ClientSettings.Crisis.OPEN, "Ring 0800 111 0 111.\nAt any hour.")
                        .text())
                .contains("Ring 0800 111 0 111.\r\nAt any hour.");
        assertThat(letter(ClientSettings.Crisis.POINTER, "Ring 0800 111 0 111.").text())
                .contains("the contact details that you were given")
                .doesNotContain("0800");
    }

    @Test
    void markup_in_a_stored_text_stays_text() throws Exception {
        String text = "<img src=x onerror=alert(1)> & {{subject}} \"quoted\"";
        ReadLetter letter = letter(ClientSettings.Crisis.OPEN, text);

        assertThat(letter.text()).contains(text);
        assertThat(letter.html()).contains("&lt;img src&#61;x").doesNotContain("<img");
    }

    @Test
    void line_ends_in_an_identifier_cannot_add_a_field() throws Exception {
        String evil = "<a@b>\r\nBcc: mallory@evil.example\r\n\r\n";
        MailContent letter = desk.content(HELD, Locale.ENGLISH, Carriage.TLS, Optional.of(evil));

        assertThat(new String(letter.octets(), StandardCharsets.UTF_8)).doesNotContain("mallory");
    }

    @Test
    void line_ends_in_a_calendars_own_words_stay_in_the_body() throws Exception {
        ReadLetter letter = desk.toTherapist(new TherapistNote.NotUnderstood(
                CalendarMessage.Reason.NO_ZONE, Optional.of("X\r\nBcc: mallory@evil.example\r\n\r\n<b>bold</b>")));

        assertThat(letter.message.getHeader("Bcc")).isNull();
        assertThat(letter.html()).contains("&lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void the_signature_is_verified_by_whoever_asks_dns() throws Exception {
        for (Carriage carriage : List.of(Carriage.TLS, Carriage.OPENPGP)) {
            MailContent sent = desk.content(HELD, Locale.FRENCH, carriage, ABOUT);
            try (TestDns records = TestDns.start()) {
                records.txt(Desk.KEY.recordName(), Desk.KEY.recordText());
                DmarcSenders outside = TestSenders.of(records);
                ArrivedMail arrived = new ArrivedMail(
                        new ArrivedMail.Envelope(
                                TestPeople.ip("203.0.113.1"),
                                "relay.example",
                                ReversePath.of("x@relay.example"),
                                List.of(new Destination.ToThread(TestPeople.thread(
                                        THREAD.client().address().value(), THREAD.address())))),
                        Optional.empty(),
                        sent);
                assertThat(outside.authenticate(arrived).address()).isEqualTo(THREAD.address());
            }
        }
    }

    @Test
    void a_letter_that_had_to_wait_leaves_as_if_it_had_not() throws Exception {
        MailContent waiting = desk.content(HELD, Locale.GERMAN, Carriage.WAIT, ABOUT);
        ReadLetter sent = ReadLetter.of(desk.composer.answer(THREAD, waiting, Carriage.TLS));
        ReadLetter before = ReadLetter.of(waiting);

        assertThat(before.message.getHeader("DKIM-Signature")).isNull();
        assertThat(sent.message.getHeader("DKIM-Signature")).isNotNull();
        for (String field :
                List.of("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted")) {
            assertThat(sent.message.getHeader(field)).as(field).isEqualTo(before.message.getHeader(field));
        }
        assertThat(sent.leaves).isEqualTo(before.leaves);
    }

    @Test
    void an_invitation_comes_as_words_as_a_calendar_entry_and_as_a_file() throws Exception {
        ReadLetter letter = desk.toClient(
                new ClientLetter.Invitation(Examples.SERIES, List.of(FIRST, LATER), true), Locale.GERMAN, Carriage.TLS);

        assertThat(letter.leaves.stream().map(leaf -> leaf.type().replaceAll(";.*", "")))
                .containsExactly("text/plain", "text/html", "text/calendar", "application/ics");
        assertThat(letter.leaves.get(2).type()).contains("method=REQUEST", "charset=UTF-8");
        assertThat(letter.leaf("text/calendar")).contains("METHOD:REQUEST", "SUMMARY:Termin\r\n");
        assertThat(letter.leaf("application/ics")).isEqualTo(letter.leaf("text/calendar"));
        assertThat(letter.text()).contains("Dienstag, 1. Dezember 2026, 18:00–18:50 Uhr (UTC+01:00)");
    }

    @Test
    void an_invitation_is_known_again_by_its_identifier_and_by_us_only() throws Exception {
        ClientLetter invitation = new ClientLetter.Invitation(Examples.SERIES, List.of(FIRST), true);
        String id =
                desk.toClient(invitation, Locale.ENGLISH, Carriage.TLS).message.getMessageID();
        String other = desk.toClient(HELD, Locale.ENGLISH, Carriage.TLS).message.getMessageID();

        assertThat(desk.letters.isInvitation(THREAD, UID, id)).isTrue();
        assertThat(desk.letters.isInvitation(THREAD, "another", id)).isFalse();
        assertThat(desk.letters.isInvitation(TestPeople.thread("x@post.example", TestPeople.ALICE), UID, id))
                .isFalse();
        assertThat(desk.letters.isInvitation(THREAD, UID, other)).isFalse();
        assertThat(id).doesNotContain("LAPTOP").matches("<[0-9a-f.-]+@post\\.example>");
    }

    @Test
    void all_letters_about_an_appointment_answer_the_first_invitation() throws Exception {
        Series told = Examples.SERIES.with(new Series.Told(Optional.of(FIRST), 0, false));
        ReadLetter first =
                desk.toClient(new ClientLetter.Invitation(told, List.of(FIRST), true), Locale.ENGLISH, Carriage.TLS);
        String id = first.message.getMessageID();
        assertThat(first.message.getHeader("In-Reply-To")).isNull();

        for (ClientLetter later :
                List.of(Examples.moved(told), new ClientLetter.Cancellation(told, Optional.empty(), 1, FIRST))) {
            ReadLetter letter = desk.toClient(later, Locale.ENGLISH, Carriage.TLS);
            assertThat(letter.message.getHeader("In-Reply-To")).containsExactly(id);
            assertThat(letter.message.getHeader("References")).containsExactly(id);
            assertThat(letter.message.getMessageID()).isNotEqualTo(id);
            assertThat(desk.letters.isInvitation(THREAD, UID, letter.message.getMessageID()))
                    .isTrue();
        }
        Series again = Examples.SERIES.with(new Series.Told(Optional.of(LATER), 0, false));
        assertThat(desk.toClient(new ClientLetter.Invitation(again, List.of(FIRST), true), Locale.ENGLISH, Carriage.TLS)
                        .message
                        .getMessageID())
                .isNotEqualTo(id);
    }

    @Test
    void a_change_is_told_with_the_old_time_the_new_time_and_what_stays() throws Exception {
        ReadLetter letter = desk.toClient(Examples.moved(Examples.SERIES), Locale.ENGLISH, Carriage.TLS);

        assertThat(letter.text())
                .contains("Tuesday, 1 December 2026, 18:00–18:50 (UTC+01:00) is moved to ")
                .contains("All other dates stay.");
        assertThat(letter.leaf("text/calendar")).contains("METHOD:REQUEST");
    }

    @Test
    void hours_are_told_without_asking_for_an_answer() throws Exception {
        ReadLetter letter = desk.toClient(
                new ClientLetter.Invitation(Examples.SERIES, List.of(FIRST), false), Locale.ENGLISH, Carriage.TLS);

        assertThat(letter.text()).doesNotContain("yes").contains("18:00–18:50");
        assertThat(letter.leaf("text/calendar")).contains("METHOD:PUBLISH");
    }

    @Test
    void a_notice_is_known_again_with_the_second_in_which_it_was_written() throws Exception {
        String id = desk.toClient(HELD, Locale.ENGLISH, Carriage.TLS).message.getMessageID();

        assertThat(desk.letters.noticeWritten(THREAD, id)).isPresent();
        assertThat(desk.letters.noticeWritten(TestPeople.thread("x@post.example", TestPeople.ALICE), id))
                .isEmpty();
        String[] parts = id.split("\\.", 3);
        String later = Long.toHexString(Long.parseLong(parts[1], 16) + 86_400);
        assertThat(desk.letters.noticeWritten(THREAD, parts[0] + "." + later + "." + parts[2]))
                .isEmpty();
        assertThat(desk.letters.noticeWritten(THREAD, parts[0] + ".ffffffffffff@post.example>"))
                .isEmpty();
    }

    @Test
    void a_confirmation_gives_both_local_times_with_their_zones() throws Exception {
        ReadLetter letter = desk.toTherapist(new TherapistNote.Confirmed(
                Examples.series(Optional.empty(), true), List.of(FIRST), Set.of(TherapistNote.Confirmed.Mark.CLASHES)));

        assertThat(letter.text())
                .contains("Tuesday, 1 December 2026, 17:00 (UTC+00:00) Europe/London"
                        + " – for your client Tuesday, 1 December 2026, 18:00 (UTC+01:00) Europe/Berlin")
                .contains("Your calendar named no time zone; yours was taken: Europe/London.")
                .contains("it overlaps with a session of another client");
        assertThat(letter.message.getFrom()[0]).hasToString("Office <office@practice.example>");
        assertThat(letter.message.getAllRecipients()[0])
                .hasToString(THREAD.therapist().address().value());
    }

    @Test
    void an_event_that_a_program_tells_in_utc_is_confirmed_in_the_therapists_local_time() throws Exception {
        Series london = Examples.series(Optional.empty(), false);
        Series utc = new Series(
                london.uid(),
                london.revision(),
                new Series.Pattern(
                        london.start(),
                        WallClock.of(ZoneId.of("UTC")),
                        london.length(),
                        london.rule(),
                        london.added(),
                        Series.ZoneFrom.CALENDAR),
                london.excluded(),
                london.moved());

        assertThat(desk.toTherapist(new TherapistNote.Confirmed(utc, List.of(FIRST), Set.of()))
                        .text())
                .contains("17:00 (UTC+00:00) Europe/London – for your client");
    }

    @Test
    void a_note_is_known_again_by_its_identifier_in_its_thread_only() throws Exception {
        String id = desk.toTherapist(new TherapistNote.StillWaiting(1)).message.getMessageID();

        assertThat(desk.letters.isNote(THREAD, id)).isTrue();
        assertThat(desk.letters.isNote(TestPeople.THREAD, id)).isFalse();
        assertThat(desk.letters.isNote(THREAD, "<1@post.example>")).isFalse();
    }

    @Test
    void a_note_comes_from_the_office_and_its_subject_says_about_whom_and_what() throws Exception {
        ReadLetter accepted = desk.toTherapist(
                new TherapistNote.Answered(Examples.SERIES, Examples.KEY, Participation.ACCEPTED, Optional.of(FIRST)));

        assertThat(accepted.message.getSubject())
                .isEqualTo(THREAD.client().name() + ": accepted, Tue 1 December 17:00");
        assertThat(accepted.message.getFrom()[0]).hasToString("Office <office@practice.example>");
    }

    @Test
    void notes_about_one_event_of_one_client_are_one_conversation() throws Exception {
        ReadLetter sent = desk.toTherapist(new TherapistNote.Confirmed(Examples.SERIES, List.of(FIRST), Set.of()));
        ReadLetter answered = desk.toTherapist(
                new TherapistNote.Answered(Examples.SERIES, Examples.KEY, Participation.ACCEPTED, Optional.of(FIRST)));
        ReadLetter mail = desk.toTherapist(new TherapistNote.StillWaiting(1));

        assertThat(answered.message.getHeader("References")).isEqualTo(sent.message.getHeader("References"));
        assertThat(mail.message.getHeader("References")).isNotEqualTo(sent.message.getHeader("References"));
        assertThat(answered.message.getMessageID()).isNotEqualTo(sent.message.getMessageID());
    }

    @Test
    void a_note_about_what_the_client_was_not_told_says_so_and_why() throws Exception {
        ReadLetter waiting = desk.toTherapist(
                new TherapistNote.Confirmed(Examples.SERIES, List.of(FIRST), Set.of()),
                new NoteContext(Set.of(NoteContext.Remark.values()), Optional.of("<1@laptop.example>")));

        assertThat(waiting.message.getSubject()).endsWith(": Invitation is waiting");
        assertThat(waiting.text())
                .contains("has not been told yet", "those who run your mail system")
                .contains("words or files", "write a letter to k7m2qx@post.example");
        assertThat(waiting.message.getHeader("In-Reply-To")).containsExactly("<1@laptop.example>");
    }

    @Test
    void every_note_of_the_office_has_its_words_in_every_language_and_none_names_a_command_line() throws Exception {
        for (Locale language : Templates.packaged().languages()) {
            Desk its = new Desk(Templates.packaged(), language);
            for (OfficeNote note : Examples.ofOffice()) {
                ReadLetter letter = ReadLetter.of(
                        its.office.write(THREAD.therapist(), Optional.of(THREAD), note, Optional.empty()));
                assertThat(letter.message.getSubject())
                        .startsWith(THREAD.client().name());
                assertThat(letter.text()).doesNotContain("{{", "./therapost", "client key add", "client consent");
            }
        }
    }

    @Test
    void the_note_that_asks_about_an_address_is_known_again_by_that_address_alone() throws Exception {
        EmailAddress google = EmailAddress.of("bloom.d@gmail.example");
        String id = ReadLetter.of(desk.office.write(
                        THREAD.therapist(), Optional.of(THREAD), new OfficeNote.IsItYours(google), Optional.empty()))
                .message
                .getMessageID();

        assertThat(desk.office.asks(THREAD.therapist(), google, id)).isTrue();
        assertThat(desk.office.asks(THREAD.therapist(), EmailAddress.of("mallory@gmail.example"), id))
                .isFalse();
        assertThat(desk.office.isOne(THREAD.therapist(), id)).isTrue();
        assertThat(desk.office.isAbout(THREAD, id)).isTrue();
        assertThat(desk.office.isOne(THREAD.therapist(), "<1@post.example>")).isFalse();
    }

    @Test
    void who_was_not_understood_is_told_that_nothing_was_sent_to_the_client() throws Exception {
        for (TherapistNote note : List.of(
                new TherapistNote.CommandAnswer(TherapistNote.Answer.HELP, List.of(), List.of()),
                new TherapistNote.NotUnderstood(CalendarMessage.Reason.BROKEN, Optional.empty()))) {
            assertThat(desk.toTherapist(note).text()).contains("Nothing was sent to your client.");
        }
    }

    @Test
    void the_clients_answers_reach_the_therapists_calendar() throws Exception {
        ReadLetter answered = desk.toTherapist(
                new TherapistNote.Answered(Examples.SERIES, Examples.KEY, Participation.ACCEPTED, Optional.of(FIRST)));
        ReadLetter countered = desk.toTherapist(new TherapistNote.Countered(Examples.SERIES, Examples.KEY, LATER));

        assertThat(answered.leaf("text/calendar; charset=UTF-8; method=REPLY")).contains("METHOD:REPLY");
        assertThat(countered.leaf("text/calendar; charset=UTF-8; method=COUNTER"))
                .contains("METHOD:COUNTER");
        assertThat(answered.leaves).hasSize(3);
    }

    @Test
    void help_lists_every_command_in_every_language() throws Exception {
        TherapistNote help = new TherapistNote.CommandAnswer(TherapistNote.Answer.HELP, List.of(), List.of());
        for (Locale language : Templates.packaged().languages()) {
            List<String> lines = Arrays.asList(new Desk(Templates.packaged(), language)
                    .toTherapist(help)
                    .text()
                    .split("\r\n"));
            for (String command : List.of(
                    "session open [minutes] ",
                    "session extend minutes ",
                    "session propose YYYY-MM-DD HH:MM [minutes] ",
                    "session cancel [YYYY-MM-DD HH:MM] ",
                    "session list ",
                    "session reply-by YYYY-MM-DD [HH:MM] ",
                    "accept new server ",
                    "addresses ",
                    "forget ADDRESS ",
                    "session help ",
                    "[at open] ")) {
                assertThat(lines).as("%s", language).anyMatch(line -> line.startsWith(command));
            }
        }
    }

    private ReadLetter letter(ClientSettings.Crisis level, String text) throws Exception {
        ClientSettings client =
                new ClientSettings(ZoneId.of("Europe/Berlin"), Locale.ENGLISH, level, Optional.of(text));
        return ReadLetter.of(desk.letters.toClient(THREAD, client, HELD, ABOUT, Carriage.TLS));
    }
}
