package org.therapost.server.health;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.therapost.mailets.authentication.PublicSuffixes;
import reactor.core.publisher.Mono;

/** The public suffix list is not from another time: what it does not know, neighbours could write for each other. */
final class SuffixListHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("public suffix list");

    private static final Period OLD = Period.ofMonths(12);

    private final LocalDate date;
    private final Clock clock;

    SuffixListHealth(LocalDate date, Clock clock) {
        this.date = date;
        this.clock = clock;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(this::look);
    }

    private Result look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (date.isAfter(today.plusDays(1))) {
            return Result.degraded(
                    NAME,
                    "it says that it is of " + date + ", which has not come: it would never count as old; replace it");
        }
        return date.plus(OLD).isBefore(today)
                ? Result.degraded(
                        NAME,
                        "it is of " + date + ": put a new one from https://publicsuffix.org/list/" + PublicSuffixes.FILE
                                + " beside therapost.properties and start again")
                : Result.healthy(NAME);
    }
}
