package org.therapost.storage.james.search;

import org.apache.james.mailbox.exception.MailboxException;

/** A search for words that this server cannot read: the reader's own program has the key. */
public final class UnsearchableException extends MailboxException {

    private static final long serialVersionUID = 1L;

    UnsearchableException() {
        super("only the therapist's own mail program can search the text of these messages");
    }
}
