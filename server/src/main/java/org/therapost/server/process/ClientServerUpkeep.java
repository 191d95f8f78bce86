package org.therapost.server.process;

import java.util.concurrent.CountDownLatch;
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
    private static final long PAUSE_SECONDS = 60;
    private static final long REFRESH_EVERY = 60;
    private static final long STOP_SECONDS = 5;

    private final ClientServers clientServers;
    private final Thread thread = new Thread(this::run, "client-servers");
    private final CountDownLatch closed = new CountDownLatch(1);

    ClientServerUpkeep(ClientServers clientServers) {
        this.clientServers = clientServers;
    }

    /** Begins; returns at once. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            boolean pinned = false;
            for (long minutes = 0; closed.getCount() > 0; minutes++) {
                pinned = pinned || isPinned();
                if (minutes % REFRESH_EVERY == 0) {
                    refresh();
                }
                closed.await(PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stop) {
            closed.countDown();
        }
    }

    private boolean isPinned() {
        try {
            return clientServers.pinEarlierConsents() == 0;
        } catch (CannotTellException away) {
            LOG.warn("the database did not tell whose mail exchangers have to be pinned", away);
            return false;
        }
    }

    private void refresh() {
        try {
            clientServers.refreshPolicies();
        } catch (CannotTellException away) {
            LOG.warn("the database did not tell which policies of clients' domains get old", away);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
