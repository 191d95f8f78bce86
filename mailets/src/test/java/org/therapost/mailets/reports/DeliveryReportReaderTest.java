package org.therapost.mailets.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.carriage.DeliveryReport;
import org.therapost.domain.carriage.DeliveryReport.Outcome;
import org.therapost.domain.sealing.MailContent;

class DeliveryReportReaderTest {

    private static final String OURS = "<0c9b@practice.example>";

    private final DeliveryReportReader reports = new DeliveryReportReader();

    private Optional<DeliveryReport> read(String mail) {
        return reports.read(MailContent.of(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static String rfc3464(String fields, String statusType, String original) {
        return """
            From: Mail Delivery Subsystem <MAILER-DAEMON@provider.example>
            Subject: Returned mail
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

            --=b
            Content-Type: text/plain

            550 5.7.1 is not what counts here
            --=b
            Content-Type: %s

            Reporting-MTA: dns; mx.provider.example
            Arrival-Date: Sat, 28 Nov 2026 16:55:00 +0000

            %s
            --=b
            %s
            """.formatted(statusType, fields, original);
    }

    @ParameterizedTest
    @CsvSource({
        "failed, 5.2.2, FAILED, 5.2.2",
        "Failed, 4.4.7, FAILED, 4.4.7",
        "failed (too old), '', FAILED, 5.0.0",
        "delayed, 4.4.1, DELAYED, 4.4.1",
        "'', 4.2.2, DELAYED, 4.2.2",
        "'', 5.1.1 (no such user), FAILED, 5.1.1",
        "relayed, 2.1.9, ARRIVED, 2.1.9",
        "delivered, '', ARRIVED, 2.0.0",
        "nonsense, nonsense, FAILED, 5.0.0"
    })
    void the_action_counts_and_where_there_is_none_the_status(
            String action, String status, Outcome outcome, String read) {
        String fields = "Final-Recipient: rfc822; alice@provider.example\n"
                + (action.isEmpty() ? "" : "Action: " + action + "\n")
                + (status.isEmpty() ? "" : "Status: " + status + "\n")
                + "Diagnostic-Code: smtp; 552 5.9.9 mailbox\n full\n";
        String original = "Content-Type: text/rfc822-headers\n\nFrom: k7m2qx@practice.example\nMessage-ID: " + OURS
                + "\n\n--=b--";
        for (String type : new String[] {"message/delivery-status", "Message/Global-Delivery-Status; charset=utf-8"}) {
            assertThat(read(rfc3464(fields, type, original)))
                    .contains(new DeliveryReport(outcome, read, Optional.of(OURS)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: message/rfc822\n\nFrom: k7m2qx@practice.example\nMessage-Id:\n " + OURS
                        + "\n\nwords\n--=b--",
                "Content-Type: text/rfc822-headers; charset=us-ascii\n\nmessage-id: " + OURS + "\n",
                "Content-Type: message/global-headers\n\nMessage-ID: " + OURS + "\n\n--=b--"
            })
    void the_mail_is_known_by_its_message_id_however_it_is_returned(String original) {
        assertThat(read(rfc3464("Action: failed\nStatus: 5.1.1\n", "message/delivery-status", original))
                        .orElseThrow()
                        .messageId())
                .contains(OURS);
    }

    @Test
    void a_returned_mail_without_a_word_of_whose_it_is_names_none() {
        assertThat(read(rfc3464(
                                "Action: failed\nStatus: 5.1.1\n",
                                "message/delivery-status",
                                "Content-Type: text/rfc822-headers\n\n\n--=b--"))
                        .orElseThrow()
                        .messageId())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Exim
                """
                X-Failed-Recipients: alice@provider.example
                Auto-Submitted: auto-replied
                From: Mail Delivery System <Mailer-Daemon@provider.example>
                Subject: Mail delivery failed: returning message to sender

                A message that you sent could not be delivered to one or more of its
                recipients. This is a permanent error: 5.1.1 unknown user
                """,
                // qmail
                """
                From: MAILER-DAEMON@provider.example
                Subject: failure notice

                Hi. This is the qmail-send program at provider.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.
                <alice@provider.example>:
                Sorry, no mailbox here by that name. (#5.1.1)
                """,
                // Exchange, as HTML alone
                """
                From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@provider.example>
                Subject: Undeliverable: ...
                Content-Type: text/html; charset=utf-8

                <html><body>alice wasn't found at provider.example. 550 5.1.1 RESOLVER.ADR</body></html>
                """,
                """
                From: "Postmaster" <postmaster@provider.example>
                Subject: Undeliverable
                Content-Type: multipart/mixed; boundary=x

                --x

                Remote host said: 550 5.1.1 no such user
                --x--
                """
            })
    void a_bounce_without_a_report_counts_by_who_sent_it(String mail) {
        assertThat(read(mail)).contains(new DeliveryReport(Outcome.FAILED, "5.1.1", Optional.empty()));
    }

    @Test
    void a_warning_without_a_report_is_no_failure() {
        assertThat(read("""
            X-Failed-Recipients: alice@provider.example
            From: Mailer-Daemon@provider.example
            Subject: Warning: message 1abc delayed 24 hours

            No action is required on your part. Delivery attempts will continue.
            """).orElseThrow().outcome()).isEqualTo(Outcome.DELAYED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: Alice <alice@provider.example>\n"
                        + "Auto-Submitted: auto-replied\n"
                        + "Subject: Out of office\n\n"
                        + "Back on 5.1.27.\n",
                "From: alice@provider.example\nContent-Type: multipart/report; report-type=disposition-notification;"
                        + " boundary=m\n\n--m\n\nread\n--m\nContent-Type: message/disposition-notification\n\n"
                        + "Disposition: manual-action/MDN-sent-manually; displayed\n--m--\n",
                "Content-Type: multipart/report; boundary=\n\n",
                "Content-Type: multipart/report\n\n--\n",
                "\n",
                ""
            })
    void what_is_no_report_is_none(String mail) {
        assertThat(read(mail)).isEmpty();
    }
}
