package org.therapost.demo.world;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** An event in Dr Bloom's calendar program, every week: what the program mails when it is made, and when it is changed. */
public final class WeeklyEvent {

    private static final Duration LENGTH = Duration.ofMinutes(50);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String uid = UUID.randomUUID() + "@calendar.example";
    private final String attendee;
    private int sequence;

    public WeeklyEvent(String attendee) {
        this.attendee = attendee;
    }

    /** The invitation; or, if there was one, the news that the whole series has moved. */
    public MimeMessage beginsAt(Instant first, Instant now) throws MessagingException, IOException {
        return mail("""
                DTSTART:%s
                DTEND:%s
                RRULE:FREQ=WEEKLY
                """.formatted(UTC.format(first), UTC.format(first.plus(LENGTH))), now);
    }

    /** The news that the first one, and only this one, ends at another time. */
    public MimeMessage firstEndsAt(Instant first, Instant end, Instant now) throws MessagingException, IOException {
        return mail("""
                RECURRENCE-ID:%s
                DTSTART:%s
                DTEND:%s
                """.formatted(UTC.format(first), UTC.format(first), UTC.format(end)), now);
    }

    private MimeMessage mail(String times, Instant now) throws MessagingException, IOException {
        String calendar = """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Calendar of a laptop//EN
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:%s
                SEQUENCE:%d
                DTSTAMP:%s
                %sSUMMARY:%s
                ORGANIZER:mailto:%s
                ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:%s
                END:VEVENT
                END:VCALENDAR
                """.formatted(
                uid, sequence, UTC.format(now), times, Script.SESSION.replace(",", "\\,"), Script.BLOOM, attendee);
        sequence++;
        return MailText.invitation(Script.BLOOM, attendee, Script.SESSION, calendar);
    }
}
