package org.therapost.server.process;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.ClientServers;

/**
 * Keeps what is known of clients' mail servers, beside the running server (docs/decisions/0054): pins those of clients who
 * consented before there were pins, until DNS has answered for all of them, and fetches policies anew before they run out.
 */
final class ClientServerUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientServerUpkeep.class);
    private static final long STOP_SECONDS = 5;

    private final ClientServers clientServers;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "client-servers");
        thread.setDaemon(true);
        return thread;
    });
    private boolean pinned;

    ClientServerUpkeep(ClientServers clientServers) {
        this.clientServers = clientServers;
    }

    /** Begins; returns at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // neither fails, and both end with the clock
    void start() {
        clock.scheduleWithFixedDelay(this::pin, 0, 1, TimeUnit.MINUTES);
        clock.scheduleWithFixedDelay(this::refresh, 0, 1, TimeUnit.HOURS);
    }

    private void pin() {
        try {
            pinned = pinned || clientServers.pinEarlierConsents() == 0;
        } catch (CannotTellException | RuntimeException away) {
            LOG.warn("not all mail exchangers of clients could be pinned now; they will be tried again", away);
        }
    }

    private void refresh() {
        try {
            clientServers.refreshPolicies();
        } catch (CannotTellException | RuntimeException away) {
            LOG.warn("policies of clients' domains could not be looked at now; they will be tried again", away);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            if (!clock.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("a look at clients' mail servers goes on while the server stops");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
