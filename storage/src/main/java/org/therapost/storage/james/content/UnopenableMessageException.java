package org.therapost.storage.james.content;

import java.io.IOException;

/** A message does not open, and to try again would change nothing; every other failure to read one may be over soon. */
public final class UnopenableMessageException extends IOException {

    private final boolean changed;

    UnopenableMessageException(UnopenableException sealed) {
        super(sealed.getMessage(), sealed);
        this.changed = sealed.changed();
    }

    /** Whether the message is not what the server has accepted; else it was damaged, or its key is gone. */
    public boolean changed() {
        return changed;
    }
}
