package org.therapost.domain.exchangers;

import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;

/** What domains publish about their exchangers (RFC 8461). */
public interface PolicySource {

    /**
     * The id of a domain's policy, from its TXT record; empty if it publishes none.
     *
     * @throws CannotTellException if DNS gave no answer
     */
    Optional<String> id(String domain) throws CannotTellException;

    /**
     * Fetches a policy over HTTPS.
     *
     * @throws CannotTellException if there was no answer, or none that is a policy
     */
    MtaStsPolicy fetch(String domain) throws CannotTellException;
}
