package org.therapost.domain.people;

import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;

/** Finds logins. */
public interface Accounts {

    Optional<Account> find(EmailAddress login) throws CannotTellException;
}
