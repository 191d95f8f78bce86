package org.therapost.domain.sessions.calendar;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;

/** What a calendar program says by mail: iTIP (RFC 5546) over iMIP (RFC 6047), read within strict limits. */
public sealed interface CalendarMessage {

    /**
     * An invitation or its update: whole events, or single instances of a series that is known already.
     *
     * @param organizer who invites
     */
    record Request(EmailAddress organizer, List<Series> events, List<Single> singles) implements CalendarMessage {
        public Request {
            events = List.copyOf(events);
            singles = List.copyOf(singles);
        }
    }

    /** One instance of a series, sent on its own with its {@code RECURRENCE-ID}. */
    record Single(WindowKey key, Series.Instance instance) {}

    /**
     * An answer.
     *
     * @param attendee who answers
     */
    record Reply(WindowKey key, Revision revision, EmailAddress attendee, Participation participation)
            implements CalendarMessage {}

    /** The organizer cancels an event, or one instance of it. */
    record Cancel(EmailAddress organizer, WindowKey key, Revision revision) implements CalendarMessage {}

    /** The attendee proposes another time. */
    record Counter(WindowKey key, Revision revision, EmailAddress attendee, LocalDateTime start, WallClock zone)
            implements CalendarMessage {}

    /** Something meant as a calendar message that has no effect; the therapist is told why. */
    record Unusable(Reason reason, Optional<String> detail) implements CalendarMessage {}

    /** Why a calendar message has no effect. */
    enum Reason {
        /** Its zone is neither known by name nor defined. */
        NO_ZONE,
        /** Too large, too deep, or with too many instances. */
        BEYOND_LIMITS,
        /** Not what RFC 5545 and RFC 5546 say. */
        BROKEN,
        /** A whole day, or without an end. */
        NO_HOURS,
        /** Its window is longer than 24 hours. */
        TOO_LONG,
        /** A rule finer than daily. */
        TOO_FREQUENT,
        /** More than 500 windows in a year. */
        TOO_MANY,
        /** All its dates have passed. */
        PAST,
        /** A date after the year 2100. */
        TOO_FAR,
        /** A {@code winmail.dat} without anything readable in it. */
        TNEF,
        /** A method or a component that means nothing here. */
        UNSUPPORTED
    }
}
