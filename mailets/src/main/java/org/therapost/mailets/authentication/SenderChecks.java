package org.therapost.mailets.authentication;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/**
 * The threads in which strangers' name servers are asked, and nothing else. A check has 20 s in all (RFC 7208 section 4.6.4).
 * One network of peers and one owner of domains have a quarter of the threads each: a slow one is told to come again while
 * everybody else is served, and submission and reading never wait here.
 */
public final class SenderChecks implements AutoCloseable {

    /** Threads by default: they wait, and compute little. */
    public static final int THREADS = 64;

    private static final Duration IN_ALL = Duration.ofSeconds(20);

    // Dns ends a question that runs out of time by itself; this is for what does not.
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int IPV4_OCTETS = 4;
    private static final int SHARE = 4;

    private final Duration inAll;
    private final int share;
    private final ExecutorService threads;
    private final Map<String, Integer> inWork = new HashMap<>();

    public SenderChecks() {
        this(THREADS, IN_ALL);
    }

    /**
     * @param most checks at the same time
     * @param inAll what a check may take
     */
    public SenderChecks(int most, Duration inAll) {
        this.inAll = inAll;
        this.share = Math.max(1, most / SHARE);
        AtomicInteger number = new AtomicInteger();
        // No queue: who finds no thread is told so at once.
        this.threads = new ThreadPoolExecutor(0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "sender-check-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The check of one mail. */
    interface Check<T> {

        /** @param until when its time is over, as {@link System#nanoTime} counts */
        T by(long until) throws RefusedException, CannotTellException;
    }

    /**
     * Runs a check, or says at once that there is no room for it now.
     *
     * @param owners of the domains that it asks about
     * @throws CannotTellException if there is no room, or its time is over
     */
    <T> T run(InetAddress peer, Set<String> owners, Check<T> check) throws RefusedException, CannotTellException {
        Set<String> shares = new HashSet<>(owners);
        shares.add(network(peer));
        if (!enter(shares)) {
            throw new CannotTellException("too many checks of this sender at the same time");
        }
        Future<T> result;
        try {
            long until = System.nanoTime() + inAll.toNanos();
            result = threads.submit(() -> {
                try {
                    return check.by(until);
                } finally {
                    leave(shares);
                }
            });
        } catch (RejectedExecutionException full) {
            leave(shares);
            throw new CannotTellException("too many checks of senders at the same time", full);
        }
        return await(result);
    }

    private <T> T await(Future<T> result) throws RefusedException, CannotTellException {
        try {
            return result.get(inAll.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RefusedException refused) {
                throw refused;
            }
            if (cause instanceof CannotTellException unclear) {
                throw unclear;
            }
            throw new IllegalStateException("a sender could not be checked", cause);
        } catch (TimeoutException slow) {
            result.cancel(true);
            throw new CannotTellException("the sender could not be checked in time", slow);
        } catch (InterruptedException stopping) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new CannotTellException("the server stops", stopping);
        }
    }

    private synchronized boolean enter(Set<String> shares) {
        if (shares.stream().anyMatch(one -> inWork.getOrDefault(one, 0) >= share)) {
            return false;
        }
        shares.forEach(one -> inWork.merge(one, 1, Integer::sum));
        return true;
    }

    private synchronized void leave(Set<String> shares) {
        shares.forEach(one -> inWork.computeIfPresent(one, (name, count) -> count > 1 ? count - 1 : null));
    }

    /** As coarse as addresses are handed out: the /24, or the /48 in IPv6. */
    private static String network(InetAddress peer) {
        byte[] address = peer.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(address, address.length == IPV4_OCTETS ? 3 : 6)) + "/";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
