package org.therapost.domain.sealing.keys;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealedException;

/**
 * Login passwords, and what they lock. Argon2id (RFC 9106) with bounded concurrency: callers queue for memory, and
 * the queue is bounded too.
 */
public interface Passwords {

    /** What is stored of a new password. */
    PasswordRecord record(Password password);

    /**
     * Tries a password: the key that it yields, or empty if it is wrong. Costs one Argon2id run.
     *
     * @throws CannotTellException if too many others wait for theirs
     */
    Optional<PasswordKey> prove(PasswordRecord record, Password password) throws CannotTellException;

    /** Locks a secret key under a password's key. */
    LockedKey lock(SecretKey secret, PasswordKey key);

    /**
     * Opens a locked key.
     *
     * @throws SealedException if the key does not fit
     */
    SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException;
}
