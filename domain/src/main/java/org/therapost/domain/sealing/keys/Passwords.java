package org.therapost.domain.sealing.keys;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealedException;

/**
 * Secrets that people offer at a login, and what they lock. What a person chose goes through Argon2id (RFC 9106) with bounded
 * concurrency: callers queue for memory, and the queue is bounded too. What was drawn at random needs no such cost (RFC 5869).
 */
public interface Passwords {

    /**
     * Makes a way in for a password that a person chose. Costs one Argon2id run.
     *
     * @param secret what it shall open; empty in custody {@code own}
     */
    KeyWrapping wrap(Password password, Optional<SecretKey> secret);

    /**
     * Makes a way in for a secret of at least 128 random bits. Costs next to nothing, as every guess at it does.
     *
     * @param secret what it shall open; empty in custody {@code own}
     */
    KeyWrapping wrapRandom(Password random, Optional<SecretKey> secret);

    /** A record that no password proves; a guess at it costs as much as at a password that is made now. */
    PasswordRecord nobodys();

    /**
     * Tries a secret: the key that it yields, or empty if it is wrong. Costs one Argon2id run, unless the record is of a random
     * secret.
     *
     * @throws CannotTellException if too many others wait for theirs
     */
    Optional<PasswordKey> prove(PasswordRecord record, Password password) throws CannotTellException;

    /**
     * Opens a locked key.
     *
     * @throws SealedException if the key does not fit
     */
    SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException;

    /** Whether a guess at this record costs less than at one that is made now: it should be made again when its password is there. */
    boolean outdated(PasswordRecord record);
}
