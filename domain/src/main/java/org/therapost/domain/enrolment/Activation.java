package org.therapost.domain.enrolment;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.sealing.keys.PasswordRecord;

/**
 * An activation as it stands.
 *
 * @param code proves the one-time code
 * @param expired whether the code has expired
 * @param triesLeft how often a code may still be tried
 * @param usedAt when it was activated; empty if it was not yet
 */
public record Activation(
        NewTherapist therapist,
        PasswordRecord code,
        Instant expiresAt,
        boolean expired,
        int triesLeft,
        Optional<Instant> usedAt) {}
