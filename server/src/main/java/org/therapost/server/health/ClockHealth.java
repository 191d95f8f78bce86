package org.therapost.server.health;

import java.time.Duration;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The database's clock, which decides, and this node's agree; docs/sessions.md section 4: two seconds, ten seconds. */
final class ClockHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("clock");

    private static final Duration SUSPICIOUS = Duration.ofSeconds(2);
    private static final Duration WRONG = Duration.ofSeconds(10);

    private final DatabaseProbe probe;

    ClockHealth(DatabaseProbe probe) {
        this.probe = probe;
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
        DatabaseProbe.Sight sight = probe.sight();
        Duration offset = sight.offset().abs();
        if (!sight.answers() || offset.compareTo(SUSPICIOUS) <= 0) {
            return Result.healthy(NAME);
        }
        String cause = "the database's clock and this machine's are " + offset.toSeconds() + " s apart";
        return offset.compareTo(WRONG) > 0 ? Result.unhealthy(NAME, cause) : Result.degraded(NAME, cause);
    }
}
