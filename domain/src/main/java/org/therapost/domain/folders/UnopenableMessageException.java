package org.therapost.domain.folders;

import java.io.IOException;

/** A message does not open, and to try again would change nothing; every other failure to read one may be over soon. */
public final class UnopenableMessageException extends IOException {

    private final Fault fault;

    /** What is wrong with the message. */
    public enum Fault {
        /** It is not what the server accepted. It may open, and is withheld. */
        CHANGED,
        /** It was damaged, or its key is gone. */
        CLOSED
    }

    /** @param cause names the message by its number and says nothing of what is in it */
    public UnopenableMessageException(Fault fault, Exception cause) {
        super(cause.getMessage(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
