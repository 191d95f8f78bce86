package org.therapost.storage.postgres;

/** Work on the database that cannot be done as things are, and may be later; {@link Database#ask} makes the answer of it. */
public class UndecidedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message why; it names nobody and nothing that was written */
    public UndecidedException(String message) {
        super(message, null, false, false);
    }
}
