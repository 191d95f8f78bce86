package org.therapost.server.health;

import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Mail can be sent to every client; a mailbox that was stored under older rules for addresses may be refused now. */
final class ReachHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("clients' mailboxes");

    private final DatabaseProbe probe;

    ReachHealth(DatabaseProbe probe) {
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
        long unreachable = probe.sight().counts().unreachable();
        return unreachable == 0
                ? Result.healthy(NAME)
                : Result.degraded(
                        NAME,
                        unreachable
                                + " clients have a mailbox to which no mail can be sent: therapost status names their"
                                + " threads and what to do");
    }
}
