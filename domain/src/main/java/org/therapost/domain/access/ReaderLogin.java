package org.therapost.domain.access;

import org.therapost.domain.addresses.EmailAddress;

/** A therapist is logged in. Whoever holds it closes it; the key is forgotten when the last login of its account is closed. */
public final class ReaderLogin implements AutoCloseable {

    private final ReaderLogins logins;
    private final EmailAddress account;
    private boolean closed;

    ReaderLogin(ReaderLogins logins, EmailAddress account) {
        this.logins = logins;
        this.account = account;
    }

    /** Whose login it is. */
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
        logins.end(account);
    }
}
