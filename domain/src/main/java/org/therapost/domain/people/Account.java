package org.therapost.domain.people;

import java.util.Optional;
import org.therapost.domain.sealing.LockedKey;
import org.therapost.domain.sealing.PasswordRecord;

/**
 * A login.
 *
 * @param locked the therapist's locked secret key; empty in custody {@code own}
 */
public record Account(EmailAddress login, PasswordRecord password, Optional<LockedKey> locked) {}
