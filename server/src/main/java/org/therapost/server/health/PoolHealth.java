package org.therapost.server.health;

import java.util.function.Supplier;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;

/** Connections come back to the pool. For a moment all may be in use; for several looks on end they must not. */
final class PoolHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("connection pool");

    private static final int LOOKS = 3;

    private final Supplier<Database.PoolFigures> pool;
    private int exhausted;

    PoolHealth(Supplier<Database.PoolFigures> pool) {
        this.pool = pool;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(this::look);
    }

    private synchronized Result look() {
        Database.PoolFigures figures = pool.get();
        exhausted = figures.exhausted() ? exhausted + 1 : 0;
        return exhausted < LOOKS
                ? Result.healthy(NAME)
                : Result.unhealthy(
                        NAME,
                        "all " + figures.most() + " connections are in use, " + figures.waiting() + " wait for one");
    }
}
