package org.therapost.server.administration.routes;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.therapost.domain.sessions.model.Timetable;

/** Instants as both parties of a thread read them: local time, with its offset from UTC. */
record SessionTimes(ZoneId therapist, ZoneId client) {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

    static SessionTimes of(Timetable timetable, Instant now) {
        return new SessionTimes(
                timetable.termsAt(now).zone(), timetable.client().zone());
    }

    String therapist(Instant instant) {
        return FORM.format(instant.atZone(therapist));
    }

    String client(Instant instant) {
        return FORM.format(instant.atZone(client));
    }
}
