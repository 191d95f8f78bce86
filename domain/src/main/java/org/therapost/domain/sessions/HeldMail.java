package org.therapost.domain.sessions;

import java.time.Instant;
import org.therapost.domain.conversation.MessageId;

/**
 * A message that is filed, sealed, and not visible.
 *
 * @param fate what it waits for
 * @param until {@link Fate#RELEASE}: the latest moment at which it becomes visible; {@link Fate#ERASE}: when it is erased
 */
public record HeldMail(MessageId message, Instant acceptedAt, Fate fate, Instant until) {

    /** What a held message waits for. */
    public enum Fate {
        RELEASE,
        ERASE
    }
}
