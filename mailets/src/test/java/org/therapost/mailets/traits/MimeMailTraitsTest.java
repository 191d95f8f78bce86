package org.therapost.mailets.traits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.mailets.TestPeople;

class MimeMailTraitsTest {

    private final MimeMailTraits reader = new MimeMailTraits();

    @Test
    void a_subject_is_decoded_and_unfolded_and_conversations_are_named() {
        MailTraits traits = reader.read(
                TestPeople.mail(
                        "From: alice@mail.example",
                        "Subject: =?utf-8?Q?Z=C3=BCrich?=",
                        " tomorrow",
                        "In-Reply-To: <b@x.example>",
                        "References: <a@x.example> <b@x.example>",
                        "",
                        "Hello there"),
                EnvelopeSender.MAILBOX);

        assertThat(traits.subject()).isEqualTo("Zürich tomorrow");
        assertThat(traits.answers()).containsExactly("<b@x.example>", "<a@x.example>");
        assertThat(traits.words()).isEqualTo(2);
        assertThat(traits.automatic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied",
                "Auto-Submitted: auto-generated; x=y",
                "List-Id: <news.example>",
                "List-Unsubscribe: <mailto:x@y.example>",
                "Precedence: Bulk",
                "Return-Path: <>",
                "Auto-Submitted: (vacation) auto-replied",
                "Precedence: junk",
                "List-Post: NO",
                "Sender: MAILER-DAEMON@mail.example",
                "Sender: no-reply@mail.example",
                "Sender: postmaster@mail.example"
            })
    void machines_are_recognized(String field) {
        assertThat(reader.read(TestPeople.mail("From: alice@mail.example", field, "", "x"), EnvelopeSender.MAILBOX)
                        .automatic())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: no",
                "Auto-Submitted: No; by=hand",
                "Auto-Submitted: no (a person)",
                "Precedence: first-class",
                "Precedence: normal",
                "Precedence: auto_reply",
                "Return-Path: <alice@mail.example>",
                "Feedback-ID: 123:user:proton",
                "X-Auto-Response-Suppress: All",
                "X-Autoreply: yes",
                "X-Autorespond: yes",
                "X-Mailer: Autoresponder",
                "X-Listname: none",
                "Content-Type: multipart/mixed; boundary=b"
            })
    void people_are_not_machines(String field) {
        assertThat(reader.read(TestPeople.mail("From: alice@mail.example", field, "", "x"), EnvelopeSender.MAILBOX)
                        .automatic())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, 2 Mar 2026 at 10:00, Dr Bloom <k7@p.example> wrote:|> quoted words here",
                "On Mon, 2 Mar 2026 at 10:00, Dr Bloom|<k7@p.example> wrote:|> quoted words here",
                "Am 02.03.2026 um 10:00 schrieb Dr Bloom:|> quoted words here",
                "Le lun. 2 mars 2026 à 10:00, Dr Bloom <k7@p.example> a écrit :|> quoted words here",
                "Op ma 2 mrt 2026 om 10:00 schreef Dr Bloom <k7@p.example>:|> quoted words here",
                "El lun, 2 mar 2026 a las 10:00, Dr Bloom (<k7@p.example>) escribió:|> quoted words here",
                "-----Original Message-----|From: Dr Bloom|quoted words here",
                "________________________________|From: Dr Bloom|Sent: Monday|quoted words here",
                "Von: Dr Bloom|Gesendet: Montag|quoted words here",
                "-- |Alice|A street"
            })
    void quotations_and_signatures_are_not_the_authors_words(String rest) {
        assertThat(words("My own four words", rest)).isEqualTo(4);
    }

    @Test
    void html_is_read_without_the_quotations_of_gmail_outlook_apple_and_yahoo() {
        for (String quotation : List.of(
                "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On"
                        + " Monday</div><blockquote>quoted</blockquote></div>",
                "<div id=\"divRplyFwdMsg\">From: x</div><div>quoted words</div>",
                "<hr id=\"appendonsend\"><div>quoted words</div><div id=\"divRplyFwdMsg\">From: x</div>more",
                "<blockquote type=\"cite\">quoted words</blockquote>",
                "<div class=\"yahoo_quoted\">quoted words</div>")) {
            MailTraits traits = reader.read(
                    TestPeople.mail(
                            "From: alice@mail.example",
                            "Content-Type: text/html; charset=utf-8",
                            "",
                            "<html><head><style>p {}</style></head><body><p>Yes</p>" + quotation + "</body></html>"),
                    EnvelopeSender.MAILBOX);
            assertThat(traits.words()).as(quotation).isEqualTo(1);
            assertThat(traits.participation()).contains(Participation.ACCEPTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Yes!, ACCEPTED",
        "Ja gerne., ACCEPTED",
        "Oui, ACCEPTED",
        "Sí, ACCEPTED",
        "Ja graag, ACCEPTED",
        "OK 👍, ACCEPTED",
        "Vielleicht..., TENTATIVE",
        "Peut-être, TENTATIVE",
        "Misschien, TENTATIVE",
        "No, DECLINED",
        "can't, DECLINED",
        "I can’t make it., DECLINED",
        "Leider nicht, DECLINED",
        "Je ne peux pas, DECLINED",
        "No puedo, DECLINED",
        "Helaas niet, DECLINED",
        "'Yes, that works for me, thanks!', ACCEPTED",
        "'Yes, see you then.', ACCEPTED",
        "'Ja, das passt, vielen Dank', ACCEPTED",
        "'Can''t, sorry', DECLINED",
        "'Sorry, I can''t make it', DECLINED",
        "'No, I won''t be able to make it, sorry.', DECLINED",
        "'Nein, tut mir leid, ich kann nicht', DECLINED",
        "'Non, désolée, je ne peux pas', DECLINED"
    })
    void plain_answers_are_understood(String line, Participation participation) {
        assertThat(answer(line)).contains(participation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yes?",
                "Yes but only if it is later",
                "No problem",
                "Thanks",
                "Yes no",
                "Sorry, great",
                "No, great",
                "Ok, I have to cancel",
                "No worries, I will come",
                "Not today but next week yes",
                "ok I cannot decide",
                "Hello Dr Bloom"
            })
    void what_could_mean_something_else_is_no_answer(String line) {
        assertThat(answer(line)).isEmpty();
    }

    @Test
    void an_answer_may_follow_a_greeting() {
        assertThat(answer("Hello Dr Bloom,\r\n\r\nyes, gladly.")).contains(Participation.ACCEPTED);
        assertThat(answer("Hallo,\r\nleider nicht.")).contains(Participation.DECLINED);
        assertThat(answer("Hello,\r\nI wanted to say no to that man.")).isEmpty();
    }

    @Test
    void when_it_was_written_is_read_if_it_can_be() {
        assertThat(reader.read(
                                TestPeople.mail("Date: Wed, 25 Mar 2026 18:49:00 +0000", "", "x"),
                                EnvelopeSender.MAILBOX)
                        .written())
                .contains(java.time.Instant.parse("2026-03-25T18:49:00Z"));
        assertThat(reader.read(TestPeople.mail("Date: yesterday", "", "x"), EnvelopeSender.MAILBOX)
                        .written())
                .isEmpty();
    }

    @Test
    void hostile_text_is_bounded_work() {
        String nested = "<div>".repeat(80_000) + "Yes";
        assertThat(reader.read(
                                TestPeople.mail("From: a@mail.example", "Content-Type: text/html", "", nested),
                                EnvelopeSender.MAILBOX)
                        .words())
                .isLessThanOrEqualTo(1);
        assertThat(words("On ".repeat(100_000), "Am ".repeat(100_000))).isPositive();
        assertThat(words("_".repeat(200_000), "-".repeat(200_000))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p>", "<a>", "<p><a>", "<table>", "<hr id=appendonsend>", "<div id=divRplyFwdMsg></div>"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void many_elements_side_by_side_are_bounded_work(String element) {
        String html = element.repeat(400_000 / element.length()) + "Yes";
        assertThat(reader.read(
                                TestPeople.mail("From: a@mail.example", "Content-Type: text/html", "", html),
                                EnvelopeSender.MAILBOX)
                        .words())
                .isLessThanOrEqualTo(1);
    }

    private int words(String own, String rest) {
        return reader.read(
                        TestPeople.mail(
                                "From: alice@mail.example",
                                "Content-Type: text/plain; charset=utf-8",
                                "",
                                own,
                                "",
                                rest.replace("|", "\r\n")),
                        EnvelopeSender.MAILBOX)
                .words();
    }

    private Optional<Participation> answer(String line) {
        return reader.read(
                        TestPeople.mail(
                                "From: alice@mail.example",
                                "Content-Type: text/plain; charset=utf-8",
                                "",
                                line,
                                "",
                                "> On Wednesday?"),
                        EnvelopeSender.MAILBOX)
                .participation();
    }
}
