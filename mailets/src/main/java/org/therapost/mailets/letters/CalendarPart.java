package org.therapost.mailets.letters;

/**
 * What a calendar program finds in a letter: iMIP (RFC 6047).
 *
 * @param text a {@code VCALENDAR}, with CRLF
 */
record CalendarPart(Method method, String text) {

    /**
     * Whether it is also attached as a file. What goes to a client is: Outlook reads the one, others only the other. A therapist's
     * program applies an answer by itself if it is the mail, and not a file that comes with it.
     */
    boolean attached() {
        return switch (method) {
            case REQUEST, PUBLISH, CANCEL -> true;
            case REPLY, COUNTER -> false;
        };
    }

    /** The {@code METHOD} (RFC 5546 section 1.4). */
    enum Method {
        REQUEST,
        PUBLISH,
        CANCEL,
        REPLY,
        COUNTER
    }
}
