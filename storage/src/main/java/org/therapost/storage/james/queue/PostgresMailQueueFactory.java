package org.therapost.storage.james.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.DatabaseNotifications;

/** The queues of one process. To be closed before the database is. */
public final class PostgresMailQueueFactory implements MailQueueFactory<ManageableMailQueue>, AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Map<MailQueueName, PostgresMailQueue> queues = new ConcurrentHashMap<>();
    private final AtomicInteger threadNumber = new AtomicInteger();
    // A consumer may block its thread, and has one only while there is something for it.
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);
    private final Database database;
    private final PostgresMailQueue.Shared shared;
    private final QueueWatch watch;

    public PostgresMailQueueFactory(
            Database database,
            ServerKey serverKey,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges) {
        this(database, serverKey, decorators, metrics, gauges, List.of(), LOOK_EVERY);
    }

    /** @param listeners hear, over the connection that the queues listen on, what other processes tell */
    public PostgresMailQueueFactory(
            Database database,
            ServerKey serverKey,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            List<DatabaseNotifications> listeners) {
        this(database, serverKey, decorators, metrics, gauges, listeners, LOOK_EVERY);
    }

    PostgresMailQueueFactory(
            Database database,
            ServerKey serverKey,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges,
            List<DatabaseNotifications> listeners,
            Duration lookEvery) {
        this.database = database;
        Leases leases = new Leases();
        this.shared = new PostgresMailQueue.Shared(
                MailSealer.ofQueue(serverKey), leases, decorators, threads, metrics, gauges);
        this.watch = new QueueWatch(database.parameters(), lookEvery, leases, new Waking(), listeners);
        watch.start();
    }

    private final class Waking implements QueueWatch.Sleepers {

        @Override
        public void wake(String queue) {
            PostgresMailQueue found = queues.get(MailQueueName.of(queue));
            if (found != null) {
                found.wake();
            }
        }

        @Override
        public void wakeAll() {
            queues.values().forEach(PostgresMailQueue::wake);
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mail-queue-" + threadNumber.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Optional<ManageableMailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return Optional.ofNullable(queues.get(name));
    }

    /** The prefetch count has no use: nothing is leased before it is asked for. */
    @Override
    public ManageableMailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return queues.computeIfAbsent(
                name,
                created -> new PostgresMailQueue(created, new QueueRows(database.sql(), created.asString()), shared));
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return Set.copyOf(queues.keySet());
    }

    /** How many in this process take items out of a queue; none if nobody does, or whoever did has died. */
    public int consumers(MailQueueName name) {
        return Optional.ofNullable(queues.get(name))
                .map(PostgresMailQueue::consumers)
                .orElse(0);
    }

    /** Delivers nothing more. What is in work can still be acknowledged until the database closes. */
    @Override
    public void close() {
        queues.values().forEach(PostgresMailQueue::stop);
        threads.shutdown();
        watch.close();
    }
}
