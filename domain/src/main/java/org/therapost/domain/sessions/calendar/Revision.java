package org.therapost.domain.sessions.calendar;

import java.time.Instant;
import java.util.Comparator;

/**
 * Which state of an event a calendar message speaks of: {@code SEQUENCE}, then {@code DTSTAMP} (RFC 5546 section 2.1.5).
 */
public record Revision(int sequence, Instant stamp) implements Comparable<Revision> {

    private static final Comparator<Revision> ORDER =
            Comparator.comparingInt(Revision::sequence).thenComparing(Revision::stamp);

    @Override
    public int compareTo(Revision other) {
        return ORDER.compare(this, other);
    }
}
