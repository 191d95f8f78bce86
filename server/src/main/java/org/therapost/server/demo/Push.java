package org.therapost.server.demo;

import com.sun.mail.imap.IMAPFolder;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import javax.mail.event.MessageCountAdapter;
import javax.mail.event.MessageCountEvent;

/** A mail program that waits for news with IDLE (RFC 2177), on a connection of its own. */
final class Push implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Mailbox mailbox;
    private final Semaphore arrived = new Semaphore(0);
    private volatile boolean closed;

    private Push(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Waits from now on. */
    static Push on(Mailbox mailbox, String folder) throws MessagingException {
        Push push = new Push(mailbox);
        IMAPFolder open = mailbox.open(folder);
        open.addMessageCountListener(new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
                push.arrived.release(event.getMessages().length);
            }
        });
        Thread thread = new Thread(() -> push.idle(open), "demo-idle");
        thread.setDaemon(true);
        thread.start();
        return push;
    }

    private void idle(IMAPFolder folder) {
        try {
            while (!closed) {
                folder.idle(true);
            }
        } catch (MessagingException | IllegalStateException hungUp) {
            // Nothing was pushed then, and whoever asks hears so.
            return;
        }
    }

    /** Whether the server has told of a new message, now or soon. */
    boolean noticed() throws InterruptedException {
        return noticed(1);
    }

    /** Whether the server has told of so many new messages, now or soon. */
    boolean noticed(int messages) throws InterruptedException {
        return arrived.tryAcquire(messages, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws MessagingException {
        closed = true;
        mailbox.close();
    }
}
