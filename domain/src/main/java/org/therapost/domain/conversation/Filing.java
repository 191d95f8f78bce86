package org.therapost.domain.conversation;

import java.util.Set;
import java.util.UUID;
import org.therapost.domain.conversation.identifiers.MessageIdPseudonyms;
import org.therapost.domain.sealing.SealedMessage;

/**
 * One sealed message and where it goes.
 *
 * @param known marks of the identifiers by which it is known ({@link MessageIdPseudonyms}) to a client who wrote it, or to the record
 *     of the thread; they become known with it
 */
public record Filing(MessageId id, FilingPlace place, SealedMessage message, Set<UUID> known) {

    public Filing {
        known = Set.copyOf(known);
    }

    /** A message of ours. */
    public Filing(MessageId id, FilingPlace place, SealedMessage message) {
        this(id, place, message, Set.of());
    }

    /** The same message elsewhere. */
    public Filing at(FilingPlace other) {
        return new Filing(id, other, message, known);
    }
}
