package org.therapost.storage.james.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.mailet.Mail;
import org.jooq.Record2;
import org.jooq.exception.DataAccessException;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.sealing.SealedException;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.james.mail.MailEnvelope;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.james.mail.SealedMail;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One queue. All of its operations may be used from several threads, and by several processes on one database. */
public final class PostgresMailQueue implements ManageableMailQueue {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMailQueue.class);

    private final MailQueueName name;
    private final QueueRows rows;
    private final MailSealer sealer;
    private final Leases leases;
    private final MailQueueItemDecoratorFactory decorators;
    private final Executor threads;
    private final MetricFactory metrics;
    private final Metric enqueued;
    private final Metric dequeued;
    private final Set<QueueSubscription> deliveries = ConcurrentHashMap.newKeySet();

    /** What all queues of a factory share. */
    record Shared(
            MailSealer sealer,
            Leases leases,
            MailQueueItemDecoratorFactory decorators,
            Executor threads,
            MetricFactory metrics,
            GaugeRegistry gauges) {}

    PostgresMailQueue(MailQueueName name, QueueRows rows, Shared shared) {
        this.name = name;
        this.rows = rows;
        this.sealer = shared.sealer();
        this.leases = shared.leases();
        this.decorators = shared.decorators();
        this.threads = shared.threads();
        this.metrics = shared.metrics();
        this.enqueued = metrics.generate(ENQUEUED_METRIC_NAME_PREFIX + name.asString());
        this.dequeued = metrics.generate(DEQUEUED_METRIC_NAME_PREFIX + name.asString());
        shared.gauges().register(QUEUE_SIZE_METRIC_NAME_PREFIX + name.asString(), rows::size);
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        var timer = metrics.timer(ENQUEUED_TIMER_METRIC_NAME_PREFIX + name.asString());
        QueueRows.Label label = MailAttributeColumns.of(mail, delay);
        UUID id = label.parcel().map(QueueRows.ParcelLabel::id).orElseGet(UUID::randomUUID);
        SealedMail sealed;
        try {
            sealed = sealer.seal(mail, id);
        } catch (MessagingException unreadable) {
            throw new MailQueueException("mail " + mail.getName() + " could not be read", unreadable);
        }
        answered(() -> {
            rows.add(id, label, sealed, leases);
            return 1;
        });
        enqueued.increment();
        timer.stopAndPublish();
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.<Void>fromCallable(() -> {
                    enQueue(mail);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return this::deliverTo;
    }

    private void deliverTo(Subscriber<? super MailQueueItem> consumer) {
        QueueSubscription delivery = new QueueSubscription(consumer, this::take, threads, deliveries::remove);
        deliveries.add(delivery);
        consumer.onSubscribe(delivery);
    }

    /** There may be something now. */
    void wake() {
        deliveries.forEach(QueueSubscription::wake);
    }

    /** How many take items out of it. */
    int consumers() {
        return deliveries.size();
    }

    /** Delivers nothing more. */
    void stop() {
        deliveries.forEach(QueueSubscription::cancel);
    }

    private Optional<QueueSubscription.Taken> take() {
        while (!leases.doubtful()) {
            UUID id = UUID.randomUUID();
            Optional<MailQueueRecord> row;
            try {
                row = rows.lease(id);
            } catch (DataAccessException away) {
                // Perhaps the lease was taken all the same: not renewed, it runs out.
                LOG.warn("queue {}: the database did not answer ({})", name.asString(), away.sqlState());
                return Optional.empty();
            }
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Lease lease = new Lease(row.get().getId(), id);
            try {
                // What fails before the lease is held is not renewed, and free again soon.
                LeasedItem item = new LeasedItem(open(row.get()), lease, rows, leases);
                QueueSubscription.Taken taken =
                        new QueueSubscription.Taken(decorators.decorate(item, name), item::giveBack);
                leases.hold(lease);
                dequeued.increment();
                return Optional.of(taken);
            } catch (SealedException damaged) {
                setAside(lease);
            }
        }
        return Optional.empty();
    }

    private void setAside(Lease lease) {
        LOG.error(
                "queue {}: item {} cannot be decrypted with this server key and is set apart as damaged",
                name.asString(),
                lease.item());
        try {
            rows.setAside(lease);
        } catch (DataAccessException away) {
            LOG.warn("queue {}: the database did not answer ({})", name.asString(), away.sqlState());
        }
    }

    private Mail open(MailQueueRecord row) throws SealedException {
        Mail mail = sealer.open(row.getName(), row.getEnvelopeSealed(), row.getContentSealed(), row.getId());
        MailAttributeColumns.put(row, mail);
        return mail;
    }

    @Override
    public long getSize() throws MailQueueException {
        return answered(rows::size);
    }

    @Override
    public long flush() throws MailQueueException {
        return answered(rows::flush);
    }

    @Override
    public long clear() throws MailQueueException {
        return answered(rows::clear);
    }

    @Override
    public long remove(Type type, String value) throws MailQueueException {
        return switch (type) {
            case Name -> answered(() -> rows.removeNamed(value));
            case Sender -> removeWhere(envelope -> value.equals(envelope.route().sender()));
            case Recipient ->
                removeWhere(envelope -> envelope.route().recipients().contains(value));
        };
    }

    private long removeWhere(java.util.function.Predicate<MailEnvelope> chosen) throws MailQueueException {
        List<UUID> ids = new ArrayList<>();
        for (Record2<UUID, byte[]> row : answered(rows::envelopes)) {
            try {
                if (chosen.test(sealer.openEnvelope(row.value2(), row.value1()))) {
                    ids.add(row.value1());
                }
            } catch (SealedException damaged) {
                LOG.debug("queue {}: item {} does not open and is passed over", name.asString(), row.value1());
            }
        }
        return answered(() -> rows.remove(ids));
    }

    @Override
    public MailQueueIterator browse() throws MailQueueException {
        List<UUID> ids = answered(rows::envelopes).stream().map(Record2::value1).toList();
        return new QueueBrowser(ids.iterator(), this::view);
    }

    private Optional<MailQueueItemView> view(UUID id) {
        Optional<MailQueueRecord> row = rows.find(id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DefaultMailQueueItemView(
                    open(row.get()), row.get().getNotBefore().atZone(java.time.ZoneOffset.UTC)));
        } catch (SealedException damaged) {
            return Optional.empty();
        }
    }

    private static <T> T answered(Supplier<T> question) throws MailQueueException {
        try {
            return question.get();
        } catch (DataAccessException away) {
            throw new MailQueueException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }

    /** Nothing: others may use this queue; its factory stops it. */
    @Override
    public void close() {}
}
