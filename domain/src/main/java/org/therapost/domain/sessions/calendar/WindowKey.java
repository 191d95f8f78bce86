package org.therapost.domain.sessions.calendar;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The event and the instance of which a window is one.
 *
 * @param uid the {@code UID} of the therapist's event; for a window opened by command, one of our own
 * @param recurrenceId for an instance of a series, its original start in the zone of the series, which
 *     stays the same when the instance is moved (RFC 5545 section 3.8.4.4)
 */
public record WindowKey(String uid, Optional<LocalDateTime> recurrenceId) {}
