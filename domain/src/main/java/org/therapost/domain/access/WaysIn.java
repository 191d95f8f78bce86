package org.therapost.domain.access;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.KeyWrapping;

/** Keeps the ways into an account. Each call is one transaction: all of it or nothing. */
public interface WaysIn {

    /** An account with its recovery code; empty if it has none. */
    Optional<Account> recoveryCode(EmailAddress login) throws CannotTellException;

    /** The accounts whose password operators may know, because they typed it or saw it printed; by address. */
    List<EmailAddress> knownToOperators() throws CannotTellException;

    /** The devices that have an app password, by name. */
    List<Device> devices(EmailAddress login) throws CannotTellException;

    /**
     * Adds an app password.
     *
     * @return whether it was added; otherwise the device's name, or the lookup, is taken
     */
    boolean add(EmailAddress login, String device, String lookup, KeyWrapping wrapping) throws CannotTellException;

    /**
     * Deletes an app password with its wrapping of the key.
     *
     * @return whether there was one
     */
    boolean revoke(EmailAddress login, String device) throws CannotTellException;

    /**
     * Replaces what the account's owner has in their head and on paper, both at once or one of them; what was before opens nothing
     * any more. From now on the password is one that operators do not know.
     *
     * @param password empty to keep it
     * @param recoveryCode empty to keep it
     */
    void replace(EmailAddress login, Optional<KeyWrapping> password, Optional<KeyWrapping> recoveryCode)
            throws CannotTellException;
}
