package org.therapost.mailets.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.hostile.HostileOctets;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.calendar.Ical4jCalendarReader;
import org.therapost.mailets.mime.EncryptedMail;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;
import org.therapost.mailets.reports.DeliveryReportReader;
import org.therapost.mailets.traits.MimeMailTraits;

/**
 * Mail that strangers send reaches these readers before anybody has looked at it: whatever it is, it is read or refused, its octets
 * stay as they were, and nothing else is thrown. More tries: {@code -Djqwik.tries.default=100000}.
 */
class HostileMailTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final MailReader reader = new MailReader();

    @Provide
    Arbitrary<byte[]> mail() {
        return HostileOctets.near(Seeds.MAILS, Seeds.WORDS);
    }

    @Provide
    Arbitrary<byte[]> report() {
        return HostileOctets.near(List.of(Seeds.REPORT), Seeds.WORDS);
    }

    @Provide
    Arbitrary<byte[]> calendar() {
        return HostileOctets.near(Seeds.CALENDARS, Seeds.CALENDAR_WORDS);
    }

    @Provide
    Arbitrary<byte[]> tnef() {
        return HostileOctets.near(List.of(Seeds.tnef()), List.of("BEGIN:VCALENDAR"));
    }

    @Property(seed = "1")
    void any_mail_is_read_or_refused(@ForAll("mail") byte[] octets) {
        byte[] before = octets.clone();
        MailContent content = MailContent.of(octets);
        header(content).ifPresent(header -> {
            everything(header);
            EncryptedMail.message(header, content);
        });
        new MimeMailTraits().read(content, EnvelopeSender.MAILBOX);
        new MimeMailTraits().read(content, EnvelopeSender.NULL);
        assertThat(octets).isEqualTo(before);
    }

    private Optional<MailHeader> header(MailContent content) {
        try {
            return Optional.of(reader.read(content));
        } catch (RefusedException refused) {
            assertThat(refused.refusal()).isNotNull();
            return Optional.empty();
        }
    }

    private static void everything(MailHeader header) {
        List<Object> read = new ArrayList<>(List.of(
                header.from(),
                header.speakers(),
                header.named(),
                header.inReplyTo(),
                header.references(),
                header.answered(),
                header.hasRepeatedField()));
        header.date().ifPresent(read::add);
        header.messageId().ifPresent(read::add);
        assertThat(read).doesNotContainNull();
    }

    @Property(seed = "2")
    void any_report_is_read_or_is_none(@ForAll("report") byte[] octets) {
        assertThat(new DeliveryReportReader().read(MailContent.of(octets))).isNotNull();
    }

    @Property(seed = "3")
    void any_calendar_is_understood_or_refused_with_a_reason(@ForAll("calendar") byte[] octets) {
        understood(Seeds.mailWith("text/calendar; charset=utf-8; method=REQUEST", octets));
    }

    @Property(seed = "4")
    void any_winmail_is_understood_or_refused_with_a_reason(@ForAll("tnef") byte[] octets) {
        understood(Seeds.mailWith("application/ms-tnef; name=winmail.dat", octets));
    }

    private static void understood(MailContent mail) {
        Ical4jCalendarReader calendars = new Ical4jCalendarReader();
        assertThat(calendars.read(mail, LONDON, uid -> Optional.empty())).doesNotContainNull();
        assertThat(calendars.shape(mail)).isNotNull();
    }

    /** What is proper. */
    private static final class Seeds {

        static final List<String> WORDS = List.of(
                "From: ",
                "To: ",
                "Content-Type: multipart/mixed; boundary=a\r\n",
                "Content-Type: message/rfc822\r\n",
                "Content-Transfer-Encoding: base64\r\n",
                "--a\r\n",
                "--a--\r\n",
                "boundary=\"\"",
                "charset=x",
                "Received: by x\r\n",
                "Subject: =?utf-7?Q?+AAA?=\r\n",
                "undisclosed-recipients:;",
                "<@a,@b:c@d>");

        static final List<String> CALENDAR_WORDS = List.of(
                "BEGIN:VEVENT\r\n",
                "END:VEVENT\r\n",
                "BEGIN:VTIMEZONE\r\n",
                "RRULE:FREQ=SECONDLY\r\n",
                "RRULE:FREQ=DAILY;COUNT=0\r\n",
                "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2\r\n",
                "DURATION:-PT1S\r\n",
                "DTSTART:99991231T235959Z\r\n",
                "DTSTART;VALUE=DATE:00000101\r\n",
                "RECURRENCE-ID:20260601T180000Z\r\n",
                "EXDATE:20260601\r\n",
                "TZID=",
                ";X=",
                "DTEND:19700101T000000Z\r\n");

        static final List<byte[]> MAILS = List.of(
                lines(
                        "From: Alice <alice@provider.example>",
                        "To: k7m2qx@practice.example",
                        "Date: Mon, 2 Mar 2026 10:00:00 +0100",
                        "Message-ID: <1@provider.example>",
                        "In-Reply-To: <0@practice.example>",
                        "References: <a@b> <0@practice.example>",
                        "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
                        "",
                        "Hello",
                        "> a quoted line",
                        "-- ",
                        "Alice"),
                lines(
                        "From: \"Weber, Alice\" (of) <alice@provider.example>",
                        "To: a: b@c.example, \"d\" <d@e.example>;",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/mixed; boundary=a",
                        "",
                        "--a",
                        "Content-Type: text/html; charset=utf-8",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "<p>caf=C3=A9=",
                        "</p>",
                        "--a",
                        "Content-Type: message/rfc822",
                        "",
                        "Subject: inner",
                        "",
                        "text",
                        "--a--"),
                lines(
                        "From: alice@provider.example",
                        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=a",
                        "",
                        "--a",
                        "Content-Type: application/pgp-encrypted",
                        "",
                        "Version: 1",
                        "--a",
                        "Content-Type: application/octet-stream",
                        "",
                        "-----BEGIN PGP MESSAGE-----",
                        "",
                        "wV4D",
                        "-----END PGP MESSAGE-----",
                        "--a--"));

        static final byte[] REPORT = lines(
                "From: Mail Delivery System <mailer-daemon@provider.example>",
                "Auto-Submitted: auto-replied",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=a",
                "",
                "--a",
                "",
                "It failed.",
                "--a",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.provider.example",
                "",
                "Final-Recipient: rfc822; alice@provider.example",
                "Action: failed",
                "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550 5.1.1 unknown",
                "--a",
                "Content-Type: text/rfc822-headers",
                "",
                "Message-ID: <1@practice.example>",
                "--a--");

        static final List<byte[]> CALENDARS = List.of(
                lines(
                        "BEGIN:VCALENDAR",
                        "VERSION:2.0",
                        "PRODID:-//x//EN",
                        "METHOD:REQUEST",
                        "BEGIN:VTIMEZONE",
                        "TZID:Europe/Berlin",
                        "BEGIN:STANDARD",
                        "DTSTART:19701025T030000",
                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                        "TZOFFSETFROM:+0200",
                        "TZOFFSETTO:+0100",
                        "END:STANDARD",
                        "END:VTIMEZONE",
                        "BEGIN:VEVENT",
                        "UID:1@calendar.example",
                        "DTSTAMP:20260301T100000Z",
                        "DTSTART;TZID=Europe/Berlin:20260601T180000",
                        "DURATION:PT50M",
                        "RRULE:FREQ=WEEKLY;COUNT=10",
                        "EXDATE;TZID=Europe/Berlin:20260608T180000",
                        "SEQUENCE:1",
                        "ORGANIZER:mailto:bloom@practice.example",
                        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:k7m2qx@practice.example",
                        "SUMMARY:x",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "UID:1@calendar.example",
                        "DTSTAMP:20260301T100000Z",
                        "RECURRENCE-ID;TZID=Europe/Berlin:20260615T180000",
                        "DTSTART;TZID=Europe/Berlin:20260616T180000",
                        "DURATION:PT50M",
                        "ORGANIZER:mailto:bloom@practice.example",
                        "END:VEVENT",
                        "END:VCALENDAR"),
                lines(
                        "BEGIN:VCALENDAR",
                        "METHOD:CANCEL",
                        "BEGIN:VEVENT",
                        "UID:2",
                        "DTSTAMP:20260301T100000Z",
                        "DTSTART;VALUE=DATE:20261221",
                        "DTEND;VALUE=DATE:20270103",
                        "STATUS:CANCELLED",
                        "END:VEVENT",
                        "END:VCALENDAR"));

        static byte[] tnef() {
            byte[] calendar = CALENDARS.get(0);
            byte[] begin = {0x78, (byte) 0x9F, 0x3E, 0x22, 1, 0};
            byte[] attribute = {2, 0x0F, (byte) 0x80, 6, 0, (byte) calendar.length, (byte) (calendar.length >> 8), 0, 0
            };
            int sum = 0;
            for (byte octet : calendar) {
                sum += octet & 0xff;
            }
            byte[] all = new byte[begin.length + attribute.length + calendar.length + 2];
            System.arraycopy(begin, 0, all, 0, begin.length);
            System.arraycopy(attribute, 0, all, begin.length, attribute.length);
            System.arraycopy(calendar, 0, all, begin.length + attribute.length, calendar.length);
            all[all.length - 2] = (byte) sum;
            all[all.length - 1] = (byte) (sum >> 8);
            return all;
        }

        static MailContent mailWith(String type, byte[] octets) {
            return MailContent.of(lines(
                    "From: Dr Bloom <bloom@practice.example>",
                    "To: k7m2qx@practice.example",
                    "Date: Mon, 2 Mar 2026 10:00:00 +0100",
                    "MIME-Version: 1.0",
                    "Content-Type: " + type,
                    "Content-Transfer-Encoding: base64",
                    "",
                    Base64.getMimeEncoder().encodeToString(octets)));
        }

        private static byte[] lines(String... lines) {
            return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        }
    }
}
