package org.therapost.domain.sealing.keys;

import java.util.Optional;

/**
 * What is stored of one way into an account.
 *
 * @param record proves the way's secret
 * @param locked the therapist's secret key, which that secret opens; empty in custody {@code own}
 */
public record KeyWrapping(PasswordRecord record, Optional<LockedKey> locked) {}
