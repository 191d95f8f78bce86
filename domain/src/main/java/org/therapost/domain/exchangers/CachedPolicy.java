package org.therapost.domain.exchangers;

import java.time.Duration;
import java.time.Instant;

/**
 * A policy as it was fetched.
 *
 * @param id that the domain's TXT record had; it changes with the policy
 */
public record CachedPolicy(String id, MtaStsPolicy policy, Instant fetchedAt) {

    private static final Duration FRESH = Duration.ofDays(1);

    boolean inForce(Instant now) {
        return now.isBefore(fetchedAt.plus(policy.maxAge()));
    }

    /** Whether it should be fetched anew, well before it runs out. */
    boolean isOld(Instant now) {
        Duration half = policy.maxAge().dividedBy(2);
        return !now.isBefore(fetchedAt.plus(half.compareTo(FRESH) < 0 ? half : FRESH));
    }
}
