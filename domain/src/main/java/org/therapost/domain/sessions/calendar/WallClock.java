package org.therapost.domain.sessions.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A time zone as a calendar means it: an IANA zone, or one that the calendar defines itself.
 *
 * @param name what to call it: the IANA name if there is one, else the name in the calendar
 * @param definition the {@code VTIMEZONE} component (RFC 5545 section 3.6.5), if that is what defines it
 */
public record WallClock(String name, Optional<String> definition, ZoneRules rules) {

    public static WallClock of(ZoneId zone) {
        return new WallClock(zone.getId(), Optional.empty(), zone.getRules());
    }

    /**
     * The instant of a local time. One that a change of clocks skips is moved later by the length of the gap, so that no
     * session vanishes; of one that comes twice, the first is meant (RFC 5545 section 3.3.5).
     */
    public Instant instant(LocalDateTime local) {
        ZoneOffsetTransition gap = rules.getTransition(local);
        if (gap != null) {
            return local.toInstant(gap.getOffsetBefore());
        }
        return local.toInstant(rules.getOffset(local));
    }

    /** The local time of an instant. */
    public LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, offset(instant));
    }

    /** The offset from UTC at an instant. */
    public ZoneOffset offset(Instant instant) {
        return rules.getOffset(instant);
    }
}
