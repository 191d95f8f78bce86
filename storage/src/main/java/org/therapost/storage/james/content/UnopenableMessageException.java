package org.therapost.storage.james.content;

import java.io.IOException;

/** A message does not open, and to try again would change nothing; every other failure to read one may be over soon. */
public final class UnopenableMessageException extends IOException {

    UnopenableMessageException(UnopenableException sealed) {
        super(sealed.getMessage(), sealed);
    }
}
