package org.therapost.storage.james.queue;

import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;
import org.jooq.exception.DataAccessException;

/** A mail in work. Its acknowledgement has an effect only while its lease is the one under which it was taken. */
final class LeasedItem implements MailQueueItem {

    private final Mail mail;
    private final Lease lease;
    private final QueueRows rows;
    private final Leases leases;

    LeasedItem(Mail mail, Lease lease, QueueRows rows, Leases leases) {
        this.mail = mail;
        this.lease = lease;
        this.rows = rows;
        this.leases = leases;
    }

    @Override
    public Mail getMail() {
        return mail;
    }

    @Override
    public void done(CompletionStatus status) throws MailQueueException {
        switch (status) {
            case SUCCESS -> leases.settle(rows.sql(), lease);
            case RETRY, REJECT -> retry();
        }
    }

    private void retry() throws MailQueueException {
        // Whatever the database says: a lease that is not renewed runs out, and the item is free again.
        leases.forget(lease);
        try {
            rows.retry(lease);
        } catch (DataAccessException away) {
            throw new MailQueueException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }

    /** Gives the item back as if it had not been taken. */
    void giveBack() {
        leases.forget(lease);
        rows.unlease(lease);
    }
}
