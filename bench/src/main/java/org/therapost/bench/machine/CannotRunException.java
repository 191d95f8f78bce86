package org.therapost.bench.machine;

/** Something that the benchmark needs is not on this machine; the message says what, and how to get it. */
public final class CannotRunException extends RuntimeException {

    public CannotRunException(String message) {
        super(message);
    }
}
