package org.therapost.domain.conversation;

import java.util.UUID;

/** Names one thread; safe to log. */
public record ThreadId(UUID value) {}
