package org.therapost.domain.people;

import java.util.UUID;

/** Names one practice. */
public record PracticeId(UUID value) {}
