package org.therapost.bench;

/** Something that the benchmark needs is not on this machine; the message says what, and how to get it. */
final class CannotRunException extends RuntimeException {

    CannotRunException(String message) {
        super(message);
    }
}
