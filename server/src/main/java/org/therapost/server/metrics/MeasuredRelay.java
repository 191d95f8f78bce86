package org.therapost.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.Parcel;

/** Counts attempts by what came of them. */
public final class MeasuredRelay implements Relay {

    private final Relay relay;
    private final Counter delivered;
    private final Counter deferred;
    private final Counter refused;
    private final Counter unclear;
    private final Counter newServers;

    public MeasuredRelay(Relay relay, MeterRegistry meters) {
        this.relay = relay;
        this.delivered = counter(meters, "delivered");
        this.deferred = counter(meters, "deferred");
        this.refused = counter(meters, "refused");
        this.unclear = counter(meters, "unclear");
        this.newServers = counter(meters, "new-servers");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return meters.counter("therapost.carriage.attempts", "result", result);
    }

    @Override
    public Attempt deliver(Parcel parcel, LastLook lastLook) {
        Attempt attempt = relay.deliver(parcel, lastLook);
        if (attempt instanceof Attempt.Delivered) {
            delivered.increment();
        } else if (attempt instanceof Attempt.Deferred) {
            deferred.increment();
        } else if (attempt instanceof Attempt.Refused) {
            refused.increment();
        } else if (attempt instanceof Attempt.Unclear) {
            unclear.increment();
        } else {
            newServers.increment();
        }
        return attempt;
    }
}
