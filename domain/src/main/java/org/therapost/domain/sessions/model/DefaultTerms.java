package org.therapost.domain.sessions.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.conversation.ThreadId;

/**
 * The terms of a thread for which nothing was agreed yet.
 *
 * @param zone the therapist's and the client's
 * @param language of notices
 */
public record DefaultTerms(ZoneId zone, Locale language) {

    /** The timetable with which a thread begins. */
    public Timetable timetable(ThreadId thread) {
        return Timetable.initial(
                thread,
                Terms.initial(Instant.EPOCH, zone),
                new ClientSettings(zone, language, ClientSettings.Crisis.POINTER, Optional.empty()));
    }
}
