package org.therapost.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Mail that arrives all the while, so many messages a second. */
public final class BackgroundMail implements AutoCloseable {

    private static final int SIZE = 2048;

    private final List<LoadTarget> mailboxes;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private @Nullable ScheduledFuture<?> running;

    private BackgroundMail(List<LoadTarget> mailboxes) {
        this.mailboxes = mailboxes;
    }

    public static BackgroundMail start(List<LoadTarget> mailboxes, int perSecond) {
        BackgroundMail backgroundMail = new BackgroundMail(mailboxes);
        if (perSecond > 0) {
            backgroundMail.running = backgroundMail.clock.scheduleAtFixedRate(
                    backgroundMail::send, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        }
        return backgroundMail;
    }

    public int sent() {
        return sent.get();
    }

    /** A measurement beside which this mail did not flow is none. */
    @Override
    public void close() throws IOException {
        if (running != null) {
            running.cancel(false);
        }
        clock.shutdownNow();
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void send() {
        int number = sent.incrementAndGet();
        LoadTarget mailbox = mailboxes.get(number % mailboxes.size());
        try (SmtpClient session = new SmtpClient(mailbox.server())) {
            session.send(mailbox, LoadText.message(mailbox, "background." + number + "@client.example", number, SIZE));
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }
}
