package org.therapost.domain.sessions.calendar;

import java.util.Collection;
import java.util.Optional;
import org.therapost.domain.conversation.ThreadId;

/** Knows again the events of a thread, by the therapist's {@code UID} or by the one that we give to the client. */
public interface KnownEvents {

    Optional<Series> series(ThreadId thread, String uid, Collection<Series> known);
}
