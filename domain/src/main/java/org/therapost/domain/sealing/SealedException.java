package org.therapost.domain.sealing;

/** Something stayed sealed: no key at hand fits, or the octets are damaged. The text never quotes content. */
public class SealedException extends Exception {

    private static final long serialVersionUID = 1L;

    public SealedException(String message) {
        super(message);
    }

    public SealedException(String message, Throwable cause) {
        super(message, cause);
    }
}
