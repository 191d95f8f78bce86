package org.therapost.domain.exchangers;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;

/** Asks DNS for exchangers. */
public interface ExchangerLookup {

    /**
     * The exchangers of a domain; empty if it takes no mail or does not exist.
     *
     * @throws CannotTellException if DNS gave no answer
     */
    Optional<MailExchangers> of(String domain) throws CannotTellException;
}
