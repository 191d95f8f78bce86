package org.therapost.domain.exchangers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.therapost.domain.answers.CannotTellException;

/**
 * The policies of clients' domains. One that was fetched stays in force until its time is over, whatever DNS says meanwhile:
 * nobody can take it away by hiding it (RFC 8461 section 10.2).
 */
public final class PublishedPolicies {

    // RFC 8461 section 3.3: a domain is not asked again and again.
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(10);

    private final PolicySource source;
    private final PolicyCache cache;
    private final Clock clock;
    private final Map<String, Instant> failures = new ConcurrentHashMap<>();

    public PublishedPolicies(PolicySource source, PolicyCache cache, Clock clock) {
        this.source = source;
        this.cache = cache;
        this.clock = clock;
    }

    /** The policy of a domain that has to be enforced now. */
    Optional<MtaStsPolicy> enforced(String domain) throws CannotTellException {
        Instant now = clock.instant();
        Optional<CachedPolicy> known = cache.find(domain).filter(one -> one.inForce(now));
        Optional<String> id = id(domain);
        boolean another =
                id.isPresent() && known.filter(one -> one.id().equals(id.get())).isEmpty();
        return enforced(another ? fetched(domain, id.get(), known) : known);
    }

    /** The same after the policy was fetched anew: an exchanger that does not match it may be newer than what is known. */
    Optional<MtaStsPolicy> enforcedAnew(String domain) throws CannotTellException {
        Instant now = clock.instant();
        Optional<CachedPolicy> known = cache.find(domain).filter(one -> one.inForce(now));
        boolean old = known.filter(one -> !now.isBefore(one.fetchedAt().plus(AT_MOST_EVERY)))
                .isPresent();
        return enforced(old ? fetched(domain, known.get().id(), known) : known);
    }

    private static Optional<MtaStsPolicy> enforced(Optional<CachedPolicy> known) {
        return known.map(CachedPolicy::policy).filter(policy -> policy.mode() == MtaStsPolicy.Mode.ENFORCE);
    }

    /** Fetches anew what gets old, of these domains, and forgets the others. */
    void refresh(Set<String> domains) throws CannotTellException {
        cache.retain(domains);
        for (String domain : domains) {
            Optional<CachedPolicy> known = cache.find(domain);
            Optional<String> id = id(domain);
            if (id.isPresent()
                    && known.filter(one -> one.id().equals(id.get()) && !one.isOld(clock.instant()))
                            .isEmpty()) {
                fetched(domain, id.get(), known);
            }
        }
    }

    private Optional<String> id(String domain) {
        try {
            return source.id(domain);
        } catch (CannotTellException silent) {
            return Optional.empty();
        }
    }

    /** The policy as it is published now, or as it was if that cannot be told. */
    private Optional<CachedPolicy> fetched(String domain, String id, Optional<CachedPolicy> known)
            throws CannotTellException {
        Instant now = clock.instant();
        Instant failed = failures.get(domain);
        if (failed != null && now.isBefore(failed.plus(AT_MOST_EVERY))) {
            return known;
        }
        CachedPolicy fetched;
        try {
            fetched = new CachedPolicy(id, source.fetch(domain), now);
        } catch (CannotTellException silent) {
            failures.put(domain, now);
            return known;
        }
        failures.remove(domain);
        cache.keep(domain, fetched);
        return Optional.of(fetched);
    }
}
