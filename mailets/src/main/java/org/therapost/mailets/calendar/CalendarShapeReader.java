package org.therapost.mailets.calendar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarShape;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.CalendarProperty;
import org.therapost.mailets.calendar.text.ComponentTree;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.traits.PersonalTextDetector;

/** Tells a calendar's message from a letter with a calendar file. */
final class CalendarShapeReader {

    // RFC 5546 section 1.4. PUBLISH is for whoever likes to add an event: a file like any other.
    private static final Set<String> METHODS =
            Set.of("REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH", "ADD");

    private static final Set<String> ORGANIZERS = Set.of("REQUEST", "CANCEL", "ADD");

    private CalendarShapeReader() {}

    /** One calendar part, as far as it can be read. */
    private record Read(CalendarParts.Part part, List<CalendarComponent> events, String method) {

        /** A calendar program sends by itself what is the mail, or a form of its text, or stands in it openly. */
        boolean isMessage() {
            if (part.kind() == CalendarParts.Kind.TNEF) {
                return !events.isEmpty() || TnefFile.isMeeting(part.octets());
            }
            boolean open = part.setting().role() == CalendarParts.Role.TEXT
                    || (part.kind() == CalendarParts.Kind.CALENDAR
                            && part.setting().disposition() == CalendarParts.Disposition.INLINE
                            && METHODS.contains(part.method()));
            return open && METHODS.contains(method);
        }

        /** What is a message if there is nothing else in the mail. */
        boolean mayBeMessage() {
            return METHODS.contains(method)
                    || (events.isEmpty() && part.setting().file().equals("invite.ics"));
        }
    }

    static CalendarShape read(MailContent mail) {
        CalendarParts.Parts parts = CalendarParts.all(mail);
        if (parts.calendars().isEmpty()) {
            return CalendarShape.NONE;
        }
        List<Read> reads =
                parts.calendars().stream().map(CalendarShapeReader::read).toList();
        boolean words =
                parts.otherFiles() || PersonalTextDetector.in(mail, values(reads, "SUMMARY", "LOCATION"), texts(reads));
        boolean message = reads.stream().anyMatch(Read::isMessage)
                || (!words && reads.stream().anyMatch(Read::mayBeMessage));
        if (!message) {
            return CalendarShape.NONE;
        }
        boolean organizes = reads.stream().map(Read::method).anyMatch(ORGANIZERS::contains);
        return new CalendarShape(
                organizes ? CalendarShape.Speaker.ORGANIZER : CalendarShape.Speaker.ATTENDEE,
                words ? CalendarShape.Company.WORDS : CalendarShape.Company.NOTHING,
                attendees(reads));
    }

    private static Read read(CalendarParts.Part part) {
        List<CalendarComponent> events = new ArrayList<>();
        String method = part.method();
        try {
            for (CalendarComponent calendar : calendars(part)) {
                method = calendar.value("METHOD").orElse(method).strip().toUpperCase(Locale.ROOT);
                events.addAll(calendar.components("VEVENT"));
            }
        } catch (UnusableCalendarException unreadable) {
            // Then its parameter says what it was meant to be.
        }
        return new Read(part, events, method);
    }

    private static List<CalendarComponent> calendars(CalendarParts.Part part) throws UnusableCalendarException {
        if (part.kind() != CalendarParts.Kind.TNEF) {
            return ComponentTree.calendars(part.octets(), part.charset());
        }
        List<CalendarComponent> calendars = new ArrayList<>();
        for (byte[] file : TnefFile.calendars(part.octets())) {
            calendars.addAll(ComponentTree.calendars(file, java.nio.charset.StandardCharsets.UTF_8));
        }
        return calendars;
    }

    private static Set<String> values(List<Read> reads, String... names) {
        Set<String> values = new HashSet<>();
        for (Read read : reads) {
            for (CalendarComponent event : read.events()) {
                for (String name : names) {
                    event.value(name).map(CalendarShapeReader::unescaped).ifPresent(values::add);
                }
            }
        }
        return values;
    }

    private static Set<String> texts(List<Read> reads) {
        return values(reads, "DESCRIPTION", "COMMENT");
    }

    /** RFC 5545 section 3.3.11. */
    private static String unescaped(String value) {
        return value.replace("\\n", "\n")
                .replace("\\N", "\n")
                .replace("\\,", ",")
                .replace("\\;", ";");
    }

    private static List<EmailAddress> attendees(List<Read> reads) {
        List<EmailAddress> attendees = new ArrayList<>();
        for (Read read : reads) {
            for (CalendarComponent event : read.events()) {
                for (CalendarProperty attendee : event.properties("ATTENDEE")) {
                    Optional<EmailAddress> address = CalendarMessageReader.address(attendee);
                    address.filter(one -> !attendees.contains(one)).ifPresent(attendees::add);
                }
            }
        }
        return attendees;
    }
}
