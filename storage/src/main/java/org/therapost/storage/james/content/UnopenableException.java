package org.therapost.storage.james.content;

import org.apache.james.mailbox.exception.MailboxException;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.folders.UnopenableMessageException.Fault;

/** A message that does not open for its reader, now and at every other try: changed at rest, without a key, or gone. */
public final class UnopenableException extends MailboxException {

    private final Fault fault;

    /** @param message names the message by its number and says nothing of what is in it */
    UnopenableException(String message, @Nullable Exception cause) {
        this(message, cause, Fault.CLOSED);
    }

    private UnopenableException(String message, @Nullable Exception cause, Fault fault) {
        super(message, cause);
        this.fault = fault;
    }

    /** Of a message that may open, and is not shown because it is not what the server has accepted. */
    static UnopenableException notAsAccepted(String message) {
        return new UnopenableException(message, null, Fault.CHANGED);
    }

    Fault fault() {
        return fault;
    }
}
