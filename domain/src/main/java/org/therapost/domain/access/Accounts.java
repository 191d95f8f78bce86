package org.therapost.domain.access;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.KeyWrapping;

/** Finds logins. */
public interface Accounts {

    /**
     * An account with the way in that a mail program means.
     *
     * @param app {@link AppPassword#lookup()} of what it offers, if that has the form of one. If the account has no such app password,
     *     or if there is none, it means the login password
     */
    Optional<Account> find(EmailAddress login, Optional<String> app) throws CannotTellException;

    /** Notes that a way in was used today (UTC). */
    void used(WayIn wayIn) throws CannotTellException;

    /**
     * Stores another wrapping for the same secret, unless the way in was changed or deleted since it was found.
     *
     * @return whether it was stored
     */
    boolean rewrap(WayIn wayIn, KeyWrapping better) throws CannotTellException;
}
