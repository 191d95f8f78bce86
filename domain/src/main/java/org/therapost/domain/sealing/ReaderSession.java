package org.therapost.domain.sealing;

import org.therapost.domain.people.EmailAddress;

/** One session of a reader. Whoever holds it closes it; the key is forgotten when the last session of its account is closed. */
public final class ReaderSession implements AutoCloseable {

    private final ReaderSessions sessions;
    private final EmailAddress account;
    private boolean closed;

    ReaderSession(ReaderSessions sessions, EmailAddress account) {
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
