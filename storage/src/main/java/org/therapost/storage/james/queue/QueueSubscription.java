package org.therapost.storage.james.queue;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One consumer of a queue. It leases an item only when one was asked for, and hands them on one after the other
 * (Reactive Streams 1.3). It never ends by itself: while the database is away it is silent.
 */
final class QueueSubscription implements Subscription {

    /** An item in hand, and the way to give it back unseen. */
    record Taken(MailQueueItem item, Runnable giveBack) {}

    private final Subscriber<? super MailQueueItem> consumer;
    private final Supplier<Optional<Taken>> take;
    private final Executor threads;
    private final Consumer<QueueSubscription> onEnd;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile boolean ended;

    QueueSubscription(
            Subscriber<? super MailQueueItem> consumer,
            Supplier<Optional<Taken>> take,
            Executor threads,
            Consumer<QueueSubscription> onEnd) {
        this.consumer = consumer;
        this.take = take;
        this.threads = threads;
        this.onEnd = onEnd;
    }

    @Override
    public void request(long items) {
        if (items <= 0) {
            cancel();
            consumer.onError(new IllegalArgumentException("Reactive Streams 3.9: a request is for one item or more"));
            return;
        }
        asked.accumulateAndGet(items, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        wake();
    }

    @Override
    public void cancel() {
        ended = true;
        onEnd.accept(this);
    }

    /** There may be something now. */
    void wake() {
        if (!ended && asked.get() > 0 && signals.getAndIncrement() == 0) {
            try {
                threads.execute(this::deliver);
            } catch (RejectedExecutionException closed) {
                ended = true;
            }
        }
    }

    private void deliver() {
        int seen;
        do {
            seen = signals.get();
            boolean more = true;
            while (more && !ended && asked.get() > 0) {
                more = deliverOne();
            }
        } while (!signals.compareAndSet(seen, 0));
    }

    private boolean deliverOne() {
        Optional<Taken> taken = take.get();
        if (taken.isEmpty()) {
            return false;
        }
        if (ended) {
            taken.get().giveBack().run();
            return false;
        }
        asked.accumulateAndGet(1, (had, one) -> had == Long.MAX_VALUE ? had : had - one);
        try {
            consumer.onNext(taken.get().item());
            return true;
        } catch (RuntimeException | Error broken) {
            // Reactive Streams 2.13 forbids it; the item must not stay leased for as long as this process lives.
            taken.get().giveBack().run();
            cancel();
            return false;
        }
    }
}
