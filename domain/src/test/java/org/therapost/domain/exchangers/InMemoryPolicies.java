package org.therapost.domain.exchangers;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;

/** Policies that tests publish, and those that were fetched. */
public final class InMemoryPolicies implements PolicySource, PolicyCache {

    /** What DNS says, and what HTTPS serves. */
    public final Map<String, String> ids = new HashMap<>();

    public final Map<String, MtaStsPolicy> served = new HashMap<>();
    public final Map<String, CachedPolicy> cached = new HashMap<>();
    public int fetches;

    @Override
    public Optional<String> id(String domain) {
        return Optional.ofNullable(ids.get(domain));
    }

    @Override
    public MtaStsPolicy fetch(String domain) throws CannotTellException {
        fetches++;
        if (!served.containsKey(domain)) {
            throw new CannotTellException("no answer");
        }
        return served.get(domain);
    }

    @Override
    public Optional<CachedPolicy> find(String domain) {
        return Optional.ofNullable(cached.get(domain));
    }

    @Override
    public void keep(String domain, CachedPolicy policy) {
        cached.put(domain, policy);
    }

    @Override
    public void retain(Collection<String> domains) {
        cached.keySet().retainAll(domains);
    }
}
