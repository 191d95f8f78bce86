package org.therapost.domain.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.therapost.domain.conversation.ThreadId;

/** Lets one notice through for each thread, and the next after a while; in memory only. */
final class NoticeThrottle {

    private final Clock clock;
    private final Duration between;
    private final Map<ThreadId, Instant> told;

    /** @param most threads that are remembered */
    NoticeThrottle(Clock clock, Duration between, int most) {
        this.clock = clock;
        this.between = between;
        this.told = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ThreadId, Instant> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether the time for a notice about this thread has come; then it counts as told. */
    synchronized boolean add(ThreadId thread) {
        Instant now = clock.instant();
        Instant before = told.get(thread);
        if (before != null && before.plus(between).isAfter(now)) {
            return false;
        }
        told.remove(thread);
        told.put(thread, now);
        return true;
    }
}
