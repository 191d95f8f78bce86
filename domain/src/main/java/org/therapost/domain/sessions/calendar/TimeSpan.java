package org.therapost.domain.sessions.calendar;

import java.time.Instant;

/** A span of time, half-open. */
public record TimeSpan(Instant from, Instant until) {

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }

    public boolean overlaps(Instant opens, Instant closes) {
        return from.isBefore(closes) && opens.isBefore(until);
    }
}
