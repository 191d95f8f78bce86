package org.therapost.domain.enrolment;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.ClientKeyStatus;

/**
 * A thread as operators may see it: neither the client's name nor address, nor a word.
 *
 * @param carriage how answers travel now
 * @param key how it stands with the client's key
 */
public record ThreadSummary(
        ThreadId id,
        EmailAddress address,
        EmailAddress therapist,
        Carriage carriage,
        ClientKeyStatus key,
        Activity activity) {

    /**
     * What happens in a thread.
     *
     * @param messages number of messages in the record
     * @param waiting number of answers that wait for a key or a consent
     * @param lastAcceptedAt when the last message was accepted; empty if there is none
     */
    public record Activity(long messages, long waiting, Instant createdAt, Optional<Instant> lastAcceptedAt) {}
}
