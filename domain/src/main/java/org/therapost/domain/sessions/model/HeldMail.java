package org.therapost.domain.sessions.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.MessageId;

/**
 * A message that is filed, sealed, and not visible.
 *
 * @param fate what it waits for
 * @param until {@link Fate#ERASE}: when it is erased; else the latest moment at which it becomes visible
 * @param notice which notice tells the client that it was not passed on
 */
public record HeldMail(MessageId message, Instant acceptedAt, Fate fate, Instant until, Optional<NoticeId> notice) {

    /** How long a message that is not passed on waits for a notice that says so. */
    public static final Duration WITHOUT_NOTICE = Duration.ofDays(3);

    /** When what was not passed on is erased, counted from the moment at which the client's server took the notice. */
    public static final Duration AFTER_NOTICE = Duration.ofHours(24);

    /** A message that no notice names yet. */
    public HeldMail(MessageId message, Instant acceptedAt, Fate fate, Instant until) {
        this(message, acceptedAt, fate, until, Optional.empty());
    }

    /** Whether it is returned: not passed on, unless no notice can tell the client so. */
    public boolean returned() {
        return fate == Fate.RETURN || fate == Fate.RETURN_SILENTLY;
    }

    public HeldMail coveredBy(Optional<NoticeId> covering) {
        return new HeldMail(message, acceptedAt, fate, until, covering);
    }

    public HeldMail erasedAfter(Instant taken) {
        return new HeldMail(message, acceptedAt, Fate.ERASE, taken.plus(AFTER_NOTICE), notice);
    }

    /** When it is passed on at the latest, given the next open. */
    public Instant passedOn(Instant nextOpen) {
        return until.isBefore(nextOpen) ? until : nextOpen;
    }

    public HeldMail until(Instant other) {
        return new HeldMail(message, acceptedAt, fate, other, notice);
    }

    /** What a held message waits for. */
    public enum Fate {
        /** The next open. */
        RELEASE,
        /** A notice to the client that it was not passed on. */
        RETURN,
        /** The same; but it is automatic mail, for which alone no notice is sent. */
        RETURN_SILENTLY,
        /** Its erasure: the client was told. */
        ERASE
    }
}
