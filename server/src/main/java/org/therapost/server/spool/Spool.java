package org.therapost.server.spool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.CarryParcel;
import org.therapost.mailets.Carry;
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

    @Inject
    public Spool(
            CompositeProcessorImpl processors,
            JamesMailSpooler spooler,
            PostgresMailQueueFactory queues,
            CarryParcel carryParcel) {
        this.carryParcel = carryParcel;
        this.processors = processors;
        this.spooler = spooler;
        this.queues = queues;
    }

    /** Begins to take parcels out of the queue. */
    public void start() throws Exception {
        BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();
        settings.addProperty("[@enableJmx]", false);
        addProcessor(settings, 0, Mail.DEFAULT, Carry.class);
        addProcessor(settings, 1, Mail.ERROR, KeepSealed.class);
        processors.configure(settings);
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

    private static void addProcessor(
            BaseHierarchicalConfiguration settings, int number, String state, Class<? extends Mailet> mailet) {
        String processor = "processor(" + number + ")";
        settings.addProperty("processor(-1)[@state]", state);
        settings.addProperty(processor + "[@enableJmx]", false);
        settings.addProperty(processor + ".mailet[@match]", EveryMail.class.getName());
        settings.addProperty(processor + ".mailet[@class]", mailet.getName());
        // What a mailet throws makes the spooler put the mail back, to be tried again after a pause.
        settings.addProperty(processor + ".mailet.onMailetException", "propagate");
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
