package org.therapost.domain.access;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;

/** Finds logins. */
public interface Accounts {

    Optional<Account> find(EmailAddress login) throws CannotTellException;
}
