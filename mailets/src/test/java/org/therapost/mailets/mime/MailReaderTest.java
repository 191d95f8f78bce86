package org.therapost.mailets.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.mailets.TestPeople.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;

class MailReaderTest {

    private final MailReader reader = new MailReader();

    @Test
    void authors_are_read_through_encoded_names_comments_and_8_bit() throws Exception {
        assertThat(from("From: =?utf-8?q?Al=C3=ADce?= <alice@mail.example>")).containsExactly("alice@mail.example");
        assertThat(from("From: alice@mail.example (at home)")).containsExactly("alice@mail.example");
        assertThat(from("From: Alíce Ü <alice@mail.example>")).containsExactly("alice@mail.example");
        assertThat(from("FROM : \"bruno@x.example\" <alice@mail.example>")).containsExactly("alice@mail.example");
        assertThat(from("From:", "\t<alice@mail.example>,", " bruno@mail.example"))
                .containsExactly("alice@mail.example", "bruno@mail.example");
    }

    @Test
    void a_mailbox_that_cannot_be_read_is_not_passed_over() throws Exception {
        AddressList strange = reader.read(mail("From: alice@mail.example, nobody@[192.0.2.1]", "", "x"))
                .from();
        assertThat(strange.complete()).isFalse();
        assertThat(strange.readable()).hasSize(1);
    }

    @Test
    void groups_and_copies_are_named() throws Exception {
        MailHeader header = reader.read(mail(
                "To: us: a@x.example, B <b@x.example>;", "Cc: undisclosed-recipients:;", "Bcc: c@x.example", "", "x"));
        assertThat(header.named().complete()).isTrue();
        assertThat(header.named().readable().stream().map(EmailAddress::value))
                .containsExactly("a@x.example", "b@x.example", "c@x.example");
    }

    @Test
    void identifiers_are_well_formed_or_absent() throws Exception {
        MailHeader header = reader.read(mail(
                "Message-ID: <one@mail.example>",
                "In-Reply-To: your message <two@x>",
                "References: <two@x>",
                " <three@y>",
                "",
                "x"));
        assertThat(header.messageId()).hasValue("<one@mail.example>");
        assertThat(header.inReplyTo()).containsExactly("<two@x>");
        assertThat(header.references()).containsExactly("<two@x>", "<three@y>");
        assertThat(reader.read(mail("Message-ID: nonsense", "", "x")).messageId())
                .isEmpty();
    }

    @Test
    void deep_nesting_is_refused_in_no_time() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=\"b")
                    .append(i)
                    .append("\"\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        StringBuilder messages = new StringBuilder();
        messages.append("Content-Type: message/rfc822\r\n\r\n".repeat(1500));
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            assertRefused(nested + "x\r\n", Refusal.MALFORMED);
            assertRefused(messages + "x\r\n", Refusal.MALFORMED);
        });
    }

    @Test
    void ordinary_nesting_is_read() throws Exception {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=\"b" + i + "\"\r\n\r\n--b" + i + "\r\n");
        }
        reader.read(content(nested + "\r\nx\r\n"));
    }

    @Test
    void a_million_header_fields_are_refused_in_no_time() {
        String many = "X: y\r\n".repeat(1_000_000);
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            assertRefused(many + "\r\nx\r\n", Refusal.MALFORMED);
            assertRefused("X: y\r\n".repeat(1100) + "\r\nx\r\n", Refusal.MALFORMED);
            assertRefused(
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + many + "\r\nx\r\n--b--\r\n",
                    Refusal.MALFORMED);
        });
    }

    @Test
    void too_many_parts_and_too_long_lines_are_refused() {
        assertRefused(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(1100) + "--b--\r\n",
                Refusal.MALFORMED);
        assertRefused("Subject: " + "x".repeat(70_000) + "\r\n\r\nx\r\n", Refusal.MALFORMED);
    }

    @Test
    void a_loop_is_recognized() {
        assertRefused("Received: from a by b; today\r\n".repeat(51) + "\r\nx\r\n", Refusal.LOOPING);
    }

    @Test
    void long_lines_in_bodies_do_no_harm() throws Exception {
        reader.read(content("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + "x".repeat(500_000)
                + "\r\n--b--\r\n"));
    }

    @Test
    void real_mail_is_read_or_refused_and_nothing_else() throws Exception {
        String corpus = System.getProperty("corpus", "");
        if (corpus.isEmpty()) {
            assertThat(reader.read(mail("Subject: no corpus here", "", "x")).fields())
                    .hasSize(1);
            return;
        }
        List<Path> mails = mails(Path.of(corpus, "mail"));
        int refused = 0;
        for (Path path : mails) {
            byte[] octets = Files.readAllBytes(path);
            MailContent content = MailContent.of(octets.clone());
            try {
                MailHeader header = reader.read(content);
                header.from();
                header.named();
                header.references();
            } catch (RefusedException limits) {
                refused++;
            }
            assertThat(content.octets()).isEqualTo(octets);
        }
        assertThat(mails).hasSizeGreaterThanOrEqualTo(300);
        assertThat(refused).isLessThan(10);
    }

    private static List<Path> mails(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".eml")).toList();
        }
    }

    private List<String> from(String... lines) throws RefusedException {
        return reader.read(mail(String.join("\r\n", lines), "", "x")).from().readable().stream()
                .map(EmailAddress::value)
                .toList();
    }

    private void assertRefused(String text, Refusal refusal) {
        assertThatThrownBy(() -> reader.read(content(text)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }

    private static MailContent content(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
