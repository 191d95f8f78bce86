package org.therapost.domain.access;

import org.therapost.domain.addresses.EmailAddress;

/** One session of a reader. Whoever holds it closes it; the key is forgotten when the last session of its account is closed. */
public final class ReaderLogin implements AutoCloseable {

    private final ReaderLogins sessions;
    private final EmailAddress account;
    private boolean closed;

    ReaderLogin(ReaderLogins sessions, EmailAddress account) {
        this.sessions = sessions;
        this.account = account;
    }

    /** Whose session it is. */
    public EmailAddress account() {
        return account;
    }

    /** Ends it; the second time does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sessions.end(account);
    }
}
