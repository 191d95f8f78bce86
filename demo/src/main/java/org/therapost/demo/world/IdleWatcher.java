package org.therapost.demo.world;

import com.sun.mail.imap.IMAPFolder;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import javax.mail.event.MessageCountAdapter;
import javax.mail.event.MessageCountEvent;

/** A mail program that waits for news with IDLE (RFC 2177), on a connection of its own. */
public final class IdleWatcher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ImapMailbox mailbox;
    private final Semaphore arrived = new Semaphore(0);
    private volatile boolean closed;

    private IdleWatcher(ImapMailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Waits from now on. */
    public static IdleWatcher on(ImapMailbox mailbox, String folder) throws MessagingException {
        IdleWatcher idleWatcher = new IdleWatcher(mailbox);
        IMAPFolder open = mailbox.open(folder);
        open.addMessageCountListener(new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
                idleWatcher.arrived.release(event.getMessages().length);
            }
        });
        Thread thread = new Thread(() -> idleWatcher.idle(open), "demo-idle");
        thread.setDaemon(true);
        thread.start();
        return idleWatcher;
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
    public boolean noticed() throws InterruptedException {
        return noticed(1);
    }

    /** Whether the server has told of so many new messages, now or soon. */
    public boolean noticed(int messages) throws InterruptedException {
        return arrived.tryAcquire(messages, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws MessagingException {
        closed = true;
        mailbox.close();
    }
}
