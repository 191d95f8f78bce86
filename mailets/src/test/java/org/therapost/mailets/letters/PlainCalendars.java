package org.therapost.mailets.letters;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WindowKey;

/** As little of a calendar as there can be: its method, and what the entry is called. */
final class PlainCalendars implements CalendarPartWriter {

    @Override
    public String request(ClientThread thread, Series series, String summary) {
        return text("REQUEST", "SUMMARY:" + summary);
    }

    @Override
    public String publish(ClientThread thread, Series series, String summary) {
        return text("PUBLISH", "SUMMARY:" + summary);
    }

    @Override
    public String cancel(
            ClientThread thread, Series series, Optional<WindowKey> instance, int sequence, String summary) {
        return text("CANCEL", "SUMMARY:" + summary);
    }

    @Override
    public String reply(ClientThread thread, Series series, WindowKey key, Participation participation) {
        return text("REPLY", "PARTSTAT:" + participation);
    }

    @Override
    public String counter(ClientThread thread, Series series, WindowKey key, Instant proposed) {
        return text("COUNTER", "DTSTART:" + proposed);
    }

    private static String text(String method, String line) {
        return String.join("\r\n", "BEGIN:VCALENDAR", "METHOD:" + method, line, "END:VCALENDAR", "");
    }
}
