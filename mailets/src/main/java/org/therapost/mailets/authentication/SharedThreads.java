package org.therapost.mailets.authentication;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded number of threads, of which each of those who share them has a quarter at most, and one at least. */
final class SharedThreads implements AutoCloseable {

    private static final int SHARE = 4;
    private static final int IDLE_SECONDS = 30;

    private final int share;
    private final ExecutorService threads;
    private final Map<String, Integer> inWork = new HashMap<>();

    /** @param most threads at the same time; they are made when they are needed */
    SharedThreads(String name, int most) {
        this.share = Math.max(1, most / SHARE);
        AtomicInteger number = new AtomicInteger();
        // No queue: who finds no thread is told so at once.
        this.threads =
                new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Begins a work.
     *
     * @param sharers on whose account it goes
     * @return empty if all threads are busy, or one of these has its share in work already
     */
    <T> Optional<Future<T>> begin(Set<String> sharers, Callable<T> work) {
        if (!enter(sharers)) {
            return Optional.empty();
        }
        try {
            return Optional.of(threads.submit(() -> {
                try {
                    return work.call();
                } finally {
                    leave(sharers);
                }
            }));
        } catch (RejectedExecutionException full) {
            leave(sharers);
            return Optional.empty();
        }
    }

    private synchronized boolean enter(Set<String> sharers) {
        if (sharers.stream().anyMatch(one -> inWork.getOrDefault(one, 0) >= share)) {
            return false;
        }
        sharers.forEach(one -> inWork.merge(one, 1, Integer::sum));
        return true;
    }

    private synchronized void leave(Set<String> sharers) {
        sharers.forEach(one -> inWork.computeIfPresent(one, (name, count) -> count > 1 ? count - 1 : null));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
