package org.therapost.mailets.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/** What programs put into {@code From:}, and who wrote. */
class FromFieldTest {

    private static final EmailAddress JAN = EmailAddress.of("jan@web.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jan@web.example",
                "<jan@web.example>",
                "Jan <jan@web.example>",
                "Jan<jan@web.example>",
                "jan@web.example <jan@web.example>",
                "JAN@Web.Example <jan@web.example>",
                "'jan@web.example' <jan@web.example>",
                "\"jan@web.example\" <jan@web.example>",
                "\"'jan@web.example'\" <jan@web.example>",
                "jan@web.example, <jan@web.example>",
                "jan@web.example (jan@web.example)",
                "Jan (at work (upstairs)) <jan@web.example>",
                "=?utf-8?Q?jan=40web.example?= <jan@web.example>",
                "=?utf-8?B?SmFuIEdyw7xu?=\r\n <jan@web.example>",
                "Jan <jan@web.example>;",
                "Jan <jan@web.example>,",
                "Jan <jan@web.example;>",
                "jan@web.example;",
                "Jan: jan@web.example;",
                "Jan: Jan Grün <jan@web.example>;",
                "Grün, Jan <jan@web.example>",
                "\"Grün, Jan\" <jan@web.example>",
                "\"Jan \\\"the\\\" <Grün>\" <jan@web.example>",
                "Jan @ work <jan@web.example>",
                "Jan <jan@web.example",
                "Jan < jan@web.example >",
                "Jan <<jan@web.example>>",
                "\"Jan <jan@web.example>",
                "Jan (work <jan@web.example>",
                "Jan <@relay.example,@other.example:jan@web.example>",
                "\"jan\"@web.example",
                "Jan <\"jan\"@web.example>",
                "Jan <'jan@web.example'>",
                "Jan <jan@web.example.>",
                "mailto:jan@web.example",
                "\"mallory@evil.example\" <jan@web.example>",
                "Jan <jan@web.example> (mallory@evil.example)"
            })
    void one_mailbox_is_one_author_however_it_is_written(String from) {
        assertThat(author(from, StandardCharsets.UTF_8))
                .hasValueSatisfying(
                        author -> assertThat(author.sameMailbox(JAN)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Jan",
                "<>",
                "Jan <jan>",
                "undisclosed-recipients:;",
                "jan@web.example, mallory@evil.example",
                "jan@web.example; mallory@evil.example",
                "mallory@evil.example <jan@web.example>",
                "'mallory@evil.example' <jan@web.example>",
                "jan@web.example <mallory@evil.example>",
                "Jan <jan@web.example> <mallory@evil.example>",
                "Jan <jan@web.example>, Mallory <mallory@evil.example>",
                "Us: jan@web.example, mallory@evil.example;",
                "<jan@web.example <mallory@evil.example>>",
                "\"jan@web.example\"",
                "(jan@web.example)",
                "=?utf-8?Q?jan=40web.example?=",
                "jan@web.example mallory@ev_il.example",
                "Jan <jan@web.example> <mallory@[192.0.2.1]>",
                "\"jan@web.example\"@evil.example, jan@web.example",
                "Jan (work <jan@web.example> mallory@evil.example",
                "\u212Ajan@web.example",
                "j\u00ADan@web.example"
            })
    void two_authors_or_none_are_not_one(String from) {
        assertThat(author(from, StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_name_in_any_character_set_does_not_hide_the_address() {
        for (String charset : new String[] {"ISO-8859-1", "windows-1252", "windows-1251", "GB18030"}) {
            assertThat(author("Jan Größe <jan@web.example>", Charset.forName(charset)))
                    .as(charset)
                    .hasValue(JAN);
        }
    }

    @Test
    void an_address_in_utf_8_is_read_as_it_is() {
        assertThat(author("Müller <müller@web.example>", StandardCharsets.UTF_8))
                .hasValue(EmailAddress.of("müller@web.example"));
        assertThat(author("müller@straße.example", StandardCharsets.UTF_8))
                .hasValue(EmailAddress.of("müller@xn--strae-oqa.example"));
    }

    private static Optional<EmailAddress> author(String from, Charset charset) {
        try {
            byte[] mail = ("From: " + from + "\r\nSubject: x\r\n\r\nHello\r\n").getBytes(charset);
            return new MailReader().header(MailContent.of(mail)).from().theOne();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
