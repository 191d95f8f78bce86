package org.therapost.mailets.letters;

/**
 * What a calendar program finds in a letter: iMIP (RFC 6047).
 *
 * @param text a {@code VCALENDAR}, with CRLF
 * @param attached whether it is also attached as a file: Outlook reads the one, others only the other
 */
record CalendarPart(Method method, String text, boolean attached) {

    /** The {@code METHOD} (RFC 5546 section 1.4). */
    enum Method {
        REQUEST,
        PUBLISH,
        CANCEL,
        REPLY,
        COUNTER
    }
}
