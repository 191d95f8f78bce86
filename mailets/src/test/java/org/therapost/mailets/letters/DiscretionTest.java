package org.therapost.mailets.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.sessions.letters.ClientLetter;

/** Invariant 7: nothing that a client's mailbox, lock screen or provider can see says that this is therapy. */
class DiscretionTest {

    private static final List<Locale> LANGUAGES = Templates.packaged().languages();

    private final DenyList denied;
    private final Desk desk = new Desk();

    DiscretionTest() throws Exception {
        denied = new DenyList();
    }

    @Test
    void no_letter_to_a_client_in_any_language_and_carriage_says_what_it_is_about() throws Exception {
        assertThat(LANGUAGES).hasSizeGreaterThanOrEqualTo(5);
        for (Locale language : LANGUAGES) {
            for (ClientLetter notice : Examples.notices()) {
                for (Carriage carriage : Carriage.values()) {
                    String all = desk.toClient(notice, language, carriage).everything();
                    if (carriage == Carriage.OPENPGP) {
                        all += ReadLetter.of(desk.encrypted()).everything();
                    }
                    assertThat(denied.in(all))
                            .as("%s in %s by %s", notice.getClass().getSimpleName(), language, carriage)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void the_page_that_is_printed_for_clients_says_nothing_of_it_either() throws Exception {
        String page = Files.readString(Path.of("../docs/client.md"));
        assertThat(denied.in(page)).isEmpty();
        // One page of paper.
        assertThat(page.split("\\s+")).hasSizeLessThan(550);
    }

    @Test
    void encryption_leaves_nothing_but_addresses_and_times_outside() throws Exception {
        for (ClientLetter notice : Examples.notices()) {
            ReadLetter outside = desk.toClient(notice, Locale.ENGLISH, Carriage.OPENPGP);
            ReadLetter inside = ReadLetter.of(desk.encrypted());

            assertThat(outside.message.getSubject()).isEqualTo("...");
            assertThat(outside.leaves).hasSize(2);
            assertThat(inside.message.getSubject()).isNotEqualTo("...");
            assertThat(inside.message.getHeader("Content-Type")[0]).contains("protected-headers=\"v1\"");
            assertThat(inside.text()).isNotBlank();
        }
    }

    @Test
    void a_subject_says_only_what_kind_of_letter_it_is() throws Exception {
        for (ClientLetter notice : Examples.notices()) {
            assertThat(desk.toClient(notice, Locale.ENGLISH, Carriage.TLS)
                            .message
                            .getSubject())
                    .hasSizeLessThan(40)
                    .doesNotContainPattern("[0-9@:]");
        }
    }

    @Test
    void letters_load_nothing_and_report_nothing() throws Exception {
        for (ClientLetter notice : Examples.notices()) {
            String html = desk.toClient(notice, Locale.GERMAN, Carriage.TLS).html();

            assertThat(html).startsWith("<!DOCTYPE html>").contains("<html lang=\"de\">");
            assertThat(html).doesNotContainIgnoringCase("http", "src=", "href", "url(", "<img", "<script", "color:");
        }
    }

    @Test
    void a_letter_has_these_fields_and_no_others() throws Exception {
        var names = java.util.Collections.list(desk.toClient(
                                new ClientLetter.Held(Examples.FIRST, Examples.LATER),
                                Locale.ENGLISH,
                                Carriage.TLS,
                                Optional.of("<one@mail.example>"))
                        .message
                        .getAllHeaders())
                .stream()
                .map(header -> header.getName())
                .toList();

        assertThat(names)
                .containsExactly(
                        "DKIM-Signature",
                        "From",
                        "To",
                        "Date",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "Auto-Submitted",
                        "MIME-Version",
                        "Subject",
                        "Content-Type");
    }

    @Test
    void the_list_knows_the_words_of_every_language() {
        for (String told : List.of(
                "Your session with Dr Bloom",
                "Ihre Sitzung in der Praxis",
                "Votre séance de psychothérapie",
                "Su sesión de terapia",
                "Uw sessie bij de praktijk",
                "therapost")) {
            assertThat(denied.in(told)).as(told).isNotEmpty();
        }
        assertThat(denied.in("Your message has arrived. Appointment: Tuesday, 1 December 2026"))
                .isEmpty();
    }
}
