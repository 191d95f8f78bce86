package org.therapost.domain.conversation;

import org.therapost.domain.sealing.SealedMessage;

/** One sealed message and where it goes. */
public record Filing(MessageId id, Place place, SealedMessage message) {}
