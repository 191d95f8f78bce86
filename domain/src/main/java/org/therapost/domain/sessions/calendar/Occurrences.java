package org.therapost.domain.sessions.calendar;

import java.time.LocalDateTime;
import java.util.List;

/** Expands recurrence rules (RFC 5545 section 3.3.10). */
public interface Occurrences {

    /**
     * The original starts of a series, without what is excluded, ascending; those of moved instances among them.
     *
     * @param from the first that counts, local time of the series' zone
     * @param until the first that does not
     * @param limit at most so many
     */
    List<LocalDateTime> starts(Series series, LocalDateTime from, LocalDateTime until, int limit);
}
