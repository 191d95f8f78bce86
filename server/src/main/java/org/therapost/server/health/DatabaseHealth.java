package org.therapost.server.health;

import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The database answers and takes writes. */
final class DatabaseHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("database");

    private final DatabaseProbe probe;

    DatabaseHealth(DatabaseProbe probe) {
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
        return probe.sight().answers()
                ? Result.healthy(NAME)
                : Result.unhealthy(NAME, "PostgreSQL does not answer, or takes no writes");
    }
}
