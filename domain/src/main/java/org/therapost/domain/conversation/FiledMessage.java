package org.therapost.domain.conversation;

import java.time.Instant;

/**
 * A message that is committed.
 *
 * @param acceptedAt the database's UTC time: the one instant that decides anything about this message
 */
public record FiledMessage(MessageId id, Instant acceptedAt) {}
