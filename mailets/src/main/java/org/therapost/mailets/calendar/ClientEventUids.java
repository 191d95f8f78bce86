package org.therapost.mailets.calendar;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.Series;

/**
 * Names of events as clients see them. A therapist's {@code UID} can hold the name of a machine or a practice, and the same
 * one in two clients' calendars would tell that they share an event; ours is derived from thread and event, always the same.
 */
public final class ClientEventUids {

    private static final int OCTETS = 18;

    private final ServerKey key;

    public ClientEventUids(ServerKey key) {
        this.key = key;
    }

    /** The name of a therapist's event in a client's calendar. */
    public String ours(ThreadId thread, String uid) {
        byte[] digest = Arrays.copyOf(key.pseudonym(thread.value() + "\0" + uid, SealingPurpose.EVENT_UID), OCTETS);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /**
     * The series that a {@code UID} means.
     *
     * @param uid the therapist's or ours
     * @param series those of the thread
     */
    public Optional<Series> series(ThreadId thread, String uid, Collection<Series> series) {
        return series.stream()
                // RFC 5545 has them as they stand; some programs return them in other case.
                .filter(one -> one.uid().equalsIgnoreCase(uid)
                        || ours(thread, one.uid()).equalsIgnoreCase(uid))
                .findFirst();
    }
}
