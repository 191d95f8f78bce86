package org.therapost.domain.people;

import java.util.UUID;

/** Names one therapist. */
public record TherapistId(UUID value) {}
