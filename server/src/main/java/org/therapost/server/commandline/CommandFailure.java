package org.therapost.server.commandline;

/** A command that ends with one line for the person who typed it. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    static final int OTHER = 1;
    static final int BAD_INPUT = 2;
    static final int NO_SERVER = 69;

    private final int status;

    CommandFailure(int status, String line) {
        super(line);
        this.status = status;
    }

    int status() {
        return status;
    }
}
