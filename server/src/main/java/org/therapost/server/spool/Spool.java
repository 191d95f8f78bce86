package org.therapost.server.spool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.queue.api.MailQueueFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.CarryParcel;
import org.therapost.server.pipeline.KeepSealed;
import org.therapost.server.pipeline.Processors;
import org.therapost.storage.james.queue.PostgresMailQueueFactory;

/** James's spooler and its processors, running. */
public final class Spool implements AutoCloseable {

    // Each attempt waits for another mail server; they are few, and slow.
    private static final int ATTEMPTS_AT_A_TIME = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompositeProcessorImpl processors;
    private final JamesMailSpooler spooler;
    private final PostgresMailQueueFactory queues;
    private final CarryParcel carryParcel;
    private final Processors file;

    @Inject
    public Spool(
            CompositeProcessorImpl processors,
            JamesMailSpooler spooler,
            PostgresMailQueueFactory queues,
            CarryParcel carryParcel,
            Processors file) {
        this.file = file;
        this.carryParcel = carryParcel;
        this.processors = processors;
        this.spooler = spooler;
        this.queues = queues;
    }

    /** Begins to take parcels out of the queue. */
    public void start() throws Exception {
        processors.configure(file.spooled());
        processors.init();
        spooler.configure(new JamesMailSpooler.Configuration(ATTEMPTS_AT_A_TIME, KeepSealed.REPOSITORY));
        spooler.init();
        awaitFirstConsumer();
    }

    /** The spooler begins on a thread of its own; a server that says that it is ready carries parcels. */
    private void awaitFirstConsumer() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!alive() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Whether anybody takes parcels out of the queue. */
    public boolean alive() {
        return queues.consumers(MailQueueFactory.SPOOL) > 0;
    }

    /** Whether there is room for a further attempt now. */
    public boolean idle() {
        return spooler.getCurrentSpoolCount() < ATTEMPTS_AT_A_TIME;
    }

    /**
     * Tells the therapists of parcels that were moved aside because they do not open.
     *
     * @return whether all could be told
     */
    public boolean tellOfDamaged() {
        try {
            return carryParcel.tellOfDamaged() == 0;
        } catch (CannotTellException away) {
            return false;
        }
    }

    /** Begins again to take parcels out of the queue, after whoever did has died. */
    public void revive() {
        spooler.restart();
    }

    /** Takes nothing more and lets attempts in work end. */
    @Override
    public void close() {
        spooler.dispose();
        processors.dispose();
    }
}
