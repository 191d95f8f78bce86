package org.therapost.mailets.relay;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt, however busy the other side seems. Timeouts of a socket begin anew with every octet that comes, and
 * there is none for what nobody takes off us; so whatever connection is open at the deadline is closed under the attempt.
 */
final class AttemptDeadline {

    private final ScheduledExecutorService clock;
    private long at;
    private @Nullable Socket connection;
    private @Nullable ScheduledFuture<?> end;

    AttemptDeadline(ScheduledExecutorService clock, Duration left) {
        this.clock = clock;
        this.at = System.nanoTime() + left.toNanos();
    }

    boolean passed() {
        return left() <= 0;
    }

    private synchronized long left() {
        return at - System.nanoTime();
    }

    /** This connection ends with the deadline, until {@link #off}. */
    synchronized void on(Socket open) {
        connection = open;
        schedule();
    }

    /** From now on there is so much time. */
    synchronized void leave(Duration more) {
        at = System.nanoTime() + more.toNanos();
        schedule();
    }

    private void schedule() {
        if (end != null) {
            end.cancel(false);
        }
        end = clock.schedule(this::close, Math.max(0, left()), TimeUnit.NANOSECONDS);
    }

    /** There is no connection any more. */
    synchronized void off() {
        connection = null;
        if (end != null) {
            end.cancel(false);
        }
    }

    private synchronized void close() {
        try {
            if (connection != null && left() <= 0) {
                connection.close();
            }
        } catch (IOException gone) {
            // Closed or broken: either way nothing comes over it any more.
            return;
        }
    }
}
