package org.therapost.mailets.letters;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WindowKey;

/** Writes the calendar part of letters: iTIP (RFC 5546) as a {@code VCALENDAR} with CRLF. */
public interface CalendarPartWriter {

    /** {@code REQUEST}, to the client. */
    String request(ClientThread thread, Series series, String summary);

    /**
     * {@code CANCEL}, to the client.
     *
     * @param instance empty for the whole event
     * @param sequence above that of all that the client was sent
     */
    String cancel(ClientThread thread, Series series, Optional<WindowKey> instance, int sequence, String summary);

    /**
     * {@code PUBLISH}, to the client: times to know, to which nobody is invited (RFC 5546 section 3.2.1).
     *
     * @param summary as in {@link #request}
     */
    String publish(ClientThread thread, Series series, String summary);

    /** {@code REPLY}, to the therapist. */
    String reply(ClientThread thread, Series series, WindowKey key, Participation participation);

    /** {@code COUNTER}, to the therapist. */
    String counter(ClientThread thread, Series series, WindowKey key, Instant proposed);
}
