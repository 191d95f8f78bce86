package org.therapost.domain.exchangers;

import java.util.Collection;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;

/** Keeps policies, sealed with the server key. */
public interface PolicyCache {

    /** The policy of a domain that was fetched last. */
    Optional<CachedPolicy> find(String domain) throws CannotTellException;

    /** Keeps one instead of the one before. */
    void keep(String domain, CachedPolicy policy) throws CannotTellException;

    /** Forgets those of all other domains. */
    void retain(Collection<String> domains) throws CannotTellException;
}
