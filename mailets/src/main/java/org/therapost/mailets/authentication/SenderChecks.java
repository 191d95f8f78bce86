package org.therapost.mailets.authentication;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/**
 * The threads in which strangers' name servers are asked, and nothing else. A check has 20 s in all (RFC 7208 section 4.6.4).
 * One network of peers and one owner of domains have a quarter of the threads each: a slow one is told to come again while
 * everybody else is served, and submission and reading never wait here. Mail that claims to come from the client of the thread
 * to which it is addressed has threads of its own, which nobody can fill who does not know that client's mailbox.
 */
public final class SenderChecks implements AutoCloseable {

    private static final int THREADS_FOR_ANYBODY = 64;
    private static final int THREADS_FOR_CLIENTS = 16;

    /** Threads by default, all together: they wait, and compute little. */
    public static final int THREADS = THREADS_FOR_ANYBODY + THREADS_FOR_CLIENTS;

    private static final Duration IN_ALL = Duration.ofSeconds(20);

    // Dns ends a question that runs out of time by itself; this is for what does not.
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int IPV4_OCTETS = 4;

    private final Duration inAll;
    private final SharedThreads forAnybody;
    private final SharedThreads forClients;

    public SenderChecks() {
        this(THREADS_FOR_ANYBODY, THREADS_FOR_CLIENTS, IN_ALL);
    }

    /**
     * @param forAnybody checks at the same time
     * @param forClients further checks at the same time, of mail that claims to come from the thread's client
     * @param inAll what a check may take
     */
    public SenderChecks(int forAnybody, int forClients, Duration inAll) {
        this.inAll = inAll;
        this.forAnybody = new SharedThreads("sender-check-", forAnybody);
        this.forClients = new SharedThreads("client-check-", forClients);
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
     * @param client the client's enrolled mailbox, if the mail claims to come from that client and is addressed to the thread
     * @throws CannotTellException if there is no room, or its time is over
     */
    <T> T run(InetAddress peer, Set<String> owners, Optional<EmailAddress> client, Check<T> check)
            throws RefusedException, CannotTellException {
        long until = System.nanoTime() + inAll.toNanos();
        Callable<T> work = () -> check.by(until);
        Optional<Future<T>> begun = client.flatMap(address -> forClients.begin(Set.of(address.canonical()), work));
        if (begun.isEmpty()) {
            Set<String> shares = new HashSet<>(owners);
            shares.add(network(peer));
            begun = forAnybody.begin(shares, work);
        }
        return await(begun.orElseThrow(
                () -> new CannotTellException("too many checks of senders, or of this one, at the same time")));
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

    /** As coarse as addresses are handed out: the /24, or the /48 in IPv6. */
    private static String network(InetAddress peer) {
        byte[] address = peer.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(address, address.length == IPV4_OCTETS ? 3 : 6)) + "/";
    }

    @Override
    public void close() {
        forAnybody.close();
        forClients.close();
    }
}
