package org.therapost.storage.james.content;

import org.apache.james.mailbox.exception.MailboxException;
import org.jspecify.annotations.Nullable;

/** A message that does not open for its reader, now and at every other try: changed at rest, without a key, or gone. */
public final class UnopenableException extends MailboxException {

    /** @param message names the message by its number and says nothing of what is in it */
    UnopenableException(String message, @Nullable Exception cause) {
        super(message, cause);
    }
}
