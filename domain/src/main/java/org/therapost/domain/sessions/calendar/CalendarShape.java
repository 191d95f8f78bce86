package org.therapost.domain.sessions.calendar;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;

/**
 * How a mail carries a calendar object. Only what a calendar program sends by itself is a calendar message; a file that a
 * person attaches to a letter is an attachment like any other.
 *
 * @param message whether the mail is a calendar message: an iTIP object that is the mail, or another form of its text
 *     (RFC 6047 section 2.4), or all that is in it
 * @param organizes whether it speaks for the organizer of an event: an invitation, its update, a cancellation
 * @param words whether there are words or files of a person beside it
 * @param attendees whom it invites
 */
public record CalendarShape(boolean message, boolean organizes, boolean words, List<EmailAddress> attendees) {

    /** No calendar message. */
    public static final CalendarShape NONE = new CalendarShape(false, false, false, List.of());

    public CalendarShape {
        attendees = List.copyOf(attendees);
    }

    @Override
    public String toString() {
        return "CalendarShape[message=" + message + ", words=" + words + ", " + attendees.size() + " attendees]";
    }
}
