package org.therapost.domain.conversation;

import java.util.UUID;

/** Names one message of the record; safe to log. It is not the {@code Message-ID} of RFC 5322. */
public record MessageId(UUID value) {}
