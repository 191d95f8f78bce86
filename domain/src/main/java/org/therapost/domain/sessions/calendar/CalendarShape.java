package org.therapost.domain.sessions.calendar;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;

/**
 * How a mail carries a calendar object. Only what a calendar program sends by itself is a calendar message; a file that a
 * person attaches to a letter is an attachment like any other.
 *
 * @param attendees whom it invites
 */
public record CalendarShape(Speaker speaker, Company company, List<EmailAddress> attendees) {

    /** For whom a calendar message speaks. */
    public enum Speaker {
        /** It is no calendar message. */
        NOBODY,
        /** An attendee answers, or asks for something. */
        ATTENDEE,
        /** The organizer of an event sends an invitation, its update, or a cancellation. */
        ORGANIZER
    }

    /** What stands beside the calendar object. */
    public enum Company {
        NOTHING,
        /** Words or files of a person. */
        WORDS
    }

    /** No calendar message. */
    public static final CalendarShape NONE = new CalendarShape(Speaker.NOBODY, Company.NOTHING, List.of());

    public CalendarShape {
        attendees = List.copyOf(attendees);
    }

    /**
     * Whether the mail is a calendar message: an iTIP object that is the mail, or another form of its text (RFC 6047 section
     * 2.4), or all that is in it.
     */
    public boolean isMessage() {
        return speaker != Speaker.NOBODY;
    }

    @Override
    public String toString() {
        return "CalendarShape[" + speaker + ", " + company + ", " + attendees.size() + " attendees]";
    }
}
