package org.therapost.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.therapost.domain.answers.Refusal;
import org.therapost.protocols.smtp.handlers.AuditLog;

/** Counts what the audit log tells. */
public final class AuditTally implements AuditLog.Tally {

    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
    private final Counter received;
    private final Counter submitted;
    private final Counter wrongPasswords;
    private final Counter undecided;
    private final Counter bugs;

    public AuditTally(MeterRegistry meters) {
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, meters.counter("therapost.smtp.refusals", "reason", refusal.name()));
        }
        this.received = meters.counter("therapost.messages.filed", "direction", "from-client");
        this.submitted = meters.counter("therapost.messages.filed", "direction", "from-therapist");
        this.wrongPasswords = meters.counter("therapost.smtp.logins", "result", "wrong-password");
        this.undecided = meters.counter("therapost.smtp.deferrals");
        this.bugs = meters.counter("therapost.smtp.failures");
    }

    @Override
    public void refused(Refusal refusal) {
        Counter counter = refusals.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void received(int messages) {
        received.increment(messages);
    }

    @Override
    public void submitted() {
        submitted.increment();
    }

    @Override
    public void wrongPassword() {
        wrongPasswords.increment();
    }

    @Override
    public void cannotTell() {
        undecided.increment();
    }

    @Override
    public void failed() {
        bugs.increment();
    }
}
