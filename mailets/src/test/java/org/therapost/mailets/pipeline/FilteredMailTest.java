package org.therapost.mailets.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.PerRecipientHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.pipeline.FilteredMail.Change;

/** What a filter has done to Alice's mail is found out from the message that it leaves. */
class FilteredMailTest {

    // As Apple Mail writes it, with UTF-8 in a header field, and a field that is folded.
    private static final MailContent ALICES = MailContent.of(("From: Alice <alice@mail.example>\r\n"
                    + "To: amber@practice.example\r\nSubject: Gr\u00fc\u00dfe\r\nMime-Version: 1.0 (Mac OS X Mail 16.0)\r\n"
                    + "Content-Type: multipart/mixed;\r\n boundary=b\r\nX-Spam-Flag: NO\r\n\r\n"
                    + "--b\r\nContent-Type: text/plain\r\n\r\nSession ten\r\n.\r\n--b--\r\nepilogue")
            .getBytes(UTF_8));

    private interface Filter {
        void service(MailImpl mail) throws Exception;
    }

    private static Change after(Filter filter) throws Exception {
        MailImpl mail = MessageInMemory.mail(new InboundMail.Delivered(
                InetAddress.getLoopbackAddress(),
                "mail.example",
                Optional.of(ReversePath.of(EmailAddress.of("alice@mail.example"))),
                new InboundMail.Recipients(List.of(), false, Optional.empty()),
                ALICES));
        MimeMessage shown = mail.getMessage();
        filter.service(mail);
        return FilteredMail.of(mail, shown, ALICES, Set.of());
    }

    private static String text(Change change) {
        MailContent content =
                change instanceof Change.Added added ? added.content() : ((Change.Rewritten) change).content();
        return new String(content.octets(), UTF_8);
    }

    @Test
    void a_filter_that_reads_everything_changes_nothing() throws Exception {
        assertThat(after(mail -> {
                    mail.getMessage().getContent();
                    mail.getMessage().getSubject();
                    mail.getMessageSize();
                }))
                .isEqualTo(new Change.None());
    }

    @Test
    void an_added_field_stands_above_the_octets_that_arrived() throws Exception {
        Change change = after(mail -> mail.getMessage().addHeader("X-Spam-Status", "No, score=1"));

        assertThat(text(change)).isEqualTo("X-Spam-Status: No, score=1\r\n" + new String(ALICES.octets(), UTF_8));
    }

    @Test
    void a_second_field_of_a_name_that_the_sender_used_is_added_above_too() throws Exception {
        Change change = after(mail -> mail.getMessage().addHeader("X-Spam-Flag", "YES"));

        assertThat(text(change)).startsWith("X-Spam-Flag: YES\r\nFrom: ").contains("X-Spam-Flag: NO\r\n");
    }

    @Test
    void what_javamail_writes_by_itself_when_a_filter_saves_its_changes_is_left_out() throws Exception {
        Change change = after(mail -> {
            mail.getMessage().addHeader("X-Checked", "yes");
            mail.getMessage().saveChanges();
        });

        assertThat(text(change)).isEqualTo("X-Checked: yes\r\n" + new String(ALICES.octets(), UTF_8));
    }

    @Test
    void fields_for_each_recipient_are_everybodys() throws Exception {
        Change change = after(mail -> {
            for (MailAddress recipient : mail.getRecipients()) {
                mail.addSpecificHeaderForRecipient(
                        PerRecipientHeaders.Header.builder()
                                .name("X-Spam-Flag")
                                .value("YES")
                                .build(),
                        recipient);
            }
        });

        assertThat(text(change)).startsWith("X-Spam-Flag: YES\r\nFrom: ");
    }

    @Test
    void a_field_for_one_recipient_only_would_split_the_mail() {
        assertThatThrownBy(() -> after(mail -> {
                    mail.setRecipients(
                            List.of(new MailAddress("one@practice.example"), new MailAddress("two@practice.example")));
                    mail.addSpecificHeaderForRecipient(
                            PerRecipientHeaders.Header.builder()
                                    .name("X-A")
                                    .value("b")
                                    .build(),
                            new MailAddress("one@practice.example"));
                }))
                .isInstanceOf(MessagingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject",
                "From",
                "In-Reply-To",
                "Received",
                "Authentication-Results",
                "DKIM-Signature",
                "Auto-Submitted",
                "List-Id",
                "Content-Language",
                "X-Therapost-Rewritten-By",
                "x-therapost-anything",
                "Return-Path",
                "Resent-From"
            })
    void a_field_that_somebody_would_take_for_another_ones_word_is_a_change(String name) throws Exception {
        assertThat(after(mail -> mail.getMessage().addHeader(name, "x"))).isInstanceOf(Change.Rewritten.class);
    }

    @Test
    void a_field_that_is_taken_away_or_replaced_is_a_change() throws Exception {
        assertThat(after(mail -> mail.getMessage().removeHeader("X-Spam-Flag"))).isInstanceOf(Change.Rewritten.class);
        assertThat(after(mail -> mail.getMessage().setHeader("X-Spam-Flag", "YES")))
                .isInstanceOf(Change.Rewritten.class);
        assertThat(after(mail -> mail.getMessage().setSubject("[SPAM]"))).isInstanceOf(Change.Rewritten.class);
    }

    @Test
    void another_body_is_a_change_and_utf_8_in_the_header_survives_it() throws Exception {
        Change change = after(mail -> {
            mail.getMessage().setText("removed");
            mail.getMessage().saveChanges();
        });

        assertThat(change).isInstanceOf(Change.Rewritten.class);
        assertThat(text(change)).contains("Subject: Gr\u00fc\u00dfe\r\n").endsWith("\r\n\r\nremoved");
    }

    @Test
    void another_message_is_a_change() throws Exception {
        Change change = after(mail -> {
            MimeMessage other = new MimeMessage(Session.getInstance(new Properties()));
            other.setText("other");
            other.saveChanges();
            mail.setMessage(other);
        });

        assertThat(change).isInstanceOf(Change.Rewritten.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nBcc: mallory@evil.example",
                "a\nBcc: mallory@evil.example",
                "a\r\n\r\nbody",
                "a\r",
                "\u00fc"
            })
    void a_field_that_would_be_two_or_end_the_header_is_none(String value) {
        assertThatThrownBy(() -> after(mail -> mail.addSpecificHeaderForRecipient(
                        PerRecipientHeaders.Header.builder()
                                .name("X-A")
                                .value(value)
                                .build(),
                        mail.getRecipients().iterator().next())))
                .isInstanceOf(MessagingException.class);
    }

    @Test
    void more_fields_than_fit_are_refused() {
        assertThatThrownBy(() -> after(mail -> mail.getMessage().addHeader("X-A", "x".repeat(FilteredMail.MOST_ADDED))))
                .isInstanceOf(MessagingException.class);
    }

    @Test
    void whatever_plain_field_is_added_the_octets_that_arrived_stay_below_it() throws Exception {
        Random random = new Random(39);
        for (int i = 0; i < 200; i++) {
            String name = "X-"
                    + random.ints(1 + random.nextInt(40), 'a', 'z' + 1)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining());
            String value = random.ints(random.nextInt(200), '!', '~' + 1)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            Change change = after(mail -> mail.getMessage().addHeader(name, value));

            assertThat(text(change)).isEqualTo(name + ": " + value + "\r\n" + new String(ALICES.octets(), UTF_8));
        }
    }
}
