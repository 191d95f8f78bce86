package org.therapost.server.health;

import java.time.Duration;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.therapost.server.spool.Spool;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.queue.QueueFigures;
import reactor.core.publisher.Mono;

/** Somebody takes parcels out of the queue, none that could be taken waits for long, and there are not too many. */
final class SpoolHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("spool");

    private final DatabaseProbe probe;
    private final Spool spool;
    private final Duration stuckAfter;
    private final long limit;

    SpoolHealth(DatabaseProbe probe, Spool spool, Duration stuckAfter, long limit) {
        this.probe = probe;
        this.spool = spool;
        this.stuckAfter = stuckAfter;
        this.limit = limit;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(this::look);
    }

    static long damaged(DatabaseProbe.Sight sight) {
        return sight.queues().stream()
                .filter(queue -> queue.queue().equals(ParcelRows.DAMAGED))
                .mapToLong(QueueFigures::items)
                .sum();
    }

    private Result look() {
        if (!spool.alive()) {
            return Result.unhealthy(NAME, "nobody takes parcels out of the queue");
        }
        long items =
                probe.sight().queues().stream().mapToLong(QueueFigures::items).sum();
        if (items > limit) {
            return Result.unhealthy(NAME, items + " parcels are in the queues, more than " + limit);
        }
        Duration longest = probe.sight().queues().stream()
                .filter(queue -> queue.queue().equals(ParcelRows.SPOOL))
                .map(QueueFigures::longestReady)
                .findFirst()
                .orElse(Duration.ZERO);
        if (longest.compareTo(stuckAfter) <= 0) {
            long damaged = damaged(probe.sight());
            return damaged == 0
                    ? Result.healthy(NAME)
                    : Result.degraded(
                            NAME,
                            damaged
                                    + " parcels do not open with this server key and are not sent: therapost queue"
                                    + " list");
        }
        String cause = "a parcel that could be taken waits since " + longest.toMinutes() + " min";
        return spool.idle()
                ? Result.unhealthy(NAME, cause)
                : Result.degraded(NAME, cause + "; all attempts are in use");
    }
}
