package org.therapost.server.pipeline;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads in which an operator's filters run, and nothing else: a filter that hangs takes its own threads with it, and the
 * senders of filtered mail are told to come again, while everything else goes on.
 */
public final class FilterThreads implements AutoCloseable {

    /** What one filter may take for one mail. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MOST = 32;

    private final Duration limit;
    private final ExecutorService threads;

    public FilterThreads() {
        this(MOST, LIMIT);
    }

    /**
     * @param most filters at the same time
     * @param limit what one may take
     */
    FilterThreads(int most, Duration limit) {
        this.limit = limit;
        AtomicInteger number = new AtomicInteger();
        // No queue: who finds no thread is told so at once.
        this.threads = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "filter-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A filter gave no answer. */
    static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        /** @param reason without a word of what the filter said: it may quote the mail */
        NoAnswerException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static Throwable cause(ExecutionException failed) {
        return Objects.requireNonNullElse(failed.getCause(), failed);
    }

    /** Runs a filter to its end. */
    <T> T run(Callable<T> filter) throws NoAnswerException {
        Future<T> result;
        try {
            result = threads.submit(filter);
        } catch (RejectedExecutionException full) {
            throw new NoAnswerException("all threads for filters are busy");
        }
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NoAnswerException none) {
                throw none;
            }
            throw new NoAnswerException(
                    "it failed with a " + cause(failed).getClass().getName());
        } catch (TimeoutException slow) {
            result.cancel(true);
            throw new NoAnswerException("it did not answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException stopping) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswerException("the server stops");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
