package org.therapost.domain.access;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;

/**
 * A login.
 *
 * @param locked the therapist's locked secret key; empty in custody {@code own}
 */
public record Account(EmailAddress login, PasswordRecord password, Optional<LockedKey> locked) {}
