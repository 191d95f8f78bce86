package org.therapost.mailets.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;

class TemplateCarriageNotesTest {

    private static final List<CarriageNote> ALL = List.of(
            new CarriageNote.Waiting(Desk.THREAD, Desk.NOW, CarriageNote.Waiting.Why.NO_WAY),
            new CarriageNote.Delayed(Desk.THREAD, Desk.NOW),
            new CarriageNote.Reported(Desk.THREAD, true, "5.2.2", true),
            new CarriageNote.Reported(Desk.THREAD, false, "4.4.1", false),
            new CarriageNote.Damaged(Desk.THREAD),
            new CarriageNote.Unreachable(Desk.THREAD),
            new CarriageNote.SetAside(Desk.THREAD, "4.2.0", Desk.NOW),
            new CarriageNote.NewServers(
                    Desk.THREAD, new MailExchangers("provider.example", List.of("mx.provider.example"))),
            new CarriageNote.Undeliverable(Desk.THREAD, "5.1.1"),
            new CarriageNote.Waiting(Desk.THREAD, Desk.NOW, CarriageNote.Waiting.Why.KEY_ENDED),
            new CarriageNote.Waiting(Desk.THREAD, Desk.NOW, CarriageNote.Waiting.Why.KEY_WAITS),
            new CarriageNote.ServersBeside(
                    Desk.THREAD,
                    new MailExchangers("provider.example", List.of("mx.provider.example", "mx.elsewhere.example"))));

    @Test
    void notices_come_from_the_office_and_name_the_client_as_the_therapist_does_in_every_language() throws Exception {
        for (Locale language : Templates.packaged().languages()) {
            for (CarriageNote notice : ALL) {
                MailContent content = write(language, notice);
                ReadLetter letter = ReadLetter.of(content);

                assertThat(letter.message.getSubject())
                        .startsWith(Desk.THREAD.client().name());
                assertThat(letter.message.getFrom()[0].toString()).endsWith("<office@practice.example>");
                assertThat(letter.text()).contains("k7m2qx@post.example");
                assertThat(letter.everything()).doesNotContain(TestPeople.ALICE.value());
                assertThat(letter.message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
                assertThat(letter.message.getAllRecipients()[0])
                        .hasToString(Desk.THREAD.therapist().address().value());
                assertThat(new String(content.octets(), StandardCharsets.US_ASCII).replace("\r\n", ""))
                        .doesNotContain("\n", "\uFFFD");
            }
        }
    }

    @Test
    void a_notice_says_when_and_what_to_do() throws Exception {
        assertThat(ReadLetter.of(write(Locale.ENGLISH, ALL.get(0))).text())
                .contains(
                        "certificate is on file",
                        "those who run your mail system",
                        "Monday, 30 November 2026, 09:05 (UTC+00:00)");
        assertThat(ReadLetter.of(write(Locale.GERMAN, ALL.get(1))).text())
                .contains("das nächste Mal am Montag, 30. November 2026, 09:05 Uhr (UTC+00:00)");
        assertThat(ReadLetter.of(write(Locale.ENGLISH, ALL.get(7))).text())
                .contains("mx.provider.example", "\"accept new server\"");
        assertThat(ReadLetter.of(write(Locale.FRENCH, ALL.get(8))).text()).contains("(statut 5.1.1)");
    }

    private static MailContent write(Locale language, CarriageNote notice) {
        return new Desk(Templates.packaged(), language).composer.notice(Desk.THREAD.therapist(), notice);
    }
}
