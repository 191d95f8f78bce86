package org.therapost.server.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.ClientServers;

/**
 * Pins the mail exchangers of clients who consented before there were pins, beside the running server, until DNS has answered for
 * all of them (docs/decisions/0054).
 */
final class EarlierConsents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierConsents.class);
    private static final long PAUSE_SECONDS = 60;
    private static final long STOP_SECONDS = 5;

    private final ClientServers clientServers;
    private final Thread thread = new Thread(this::run, "earlier-consents");
    private final CountDownLatch closed = new CountDownLatch(1);

    EarlierConsents(ClientServers clientServers) {
        this.clientServers = clientServers;
    }

    /** Begins; returns at once. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!isDone() && !closed.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("mail exchangers of some clients are not pinned yet; DNS is asked again");
            }
        } catch (InterruptedException stop) {
            closed.countDown();
        }
    }

    private boolean isDone() {
        try {
            return clientServers.pinEarlierConsents() == 0;
        } catch (CannotTellException away) {
            LOG.warn("the database did not tell whose mail exchangers have to be pinned", away);
            return false;
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
