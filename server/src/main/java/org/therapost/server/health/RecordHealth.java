package org.therapost.server.health;

import java.util.function.IntSupplier;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.therapost.server.health.DatabaseProbe.Counts;
import reactor.core.publisher.Mono;

/** The record is as the server wrote it, as far as anybody has looked. */
final class RecordHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("record");

    private final DatabaseProbe probe;
    private final IntSupplier unremembered;

    /** @param unremembered wrong rows that the database does not remember */
    RecordHealth(DatabaseProbe probe, IntSupplier unremembered) {
        this.probe = probe;
        this.unremembered = unremembered;
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
        Counts counts = probe.sight().counts();
        long wrong = counts.wrong() + unremembered.getAsInt();
        if (wrong > 0) {
            return Result.degraded(
                    NAME,
                    wrong
                            + " rows of the database are not as this server wrote them, and are not used: therapost"
                            + " status names them, therapost record verify looks at all; what to do: docs/operator.md,"
                            + " section 9");
        }
        return counts.chained()
                ? Result.healthy(NAME)
                : Result.degraded(NAME, "the record is being chained after the update; mail to its threads is put off");
    }
}
