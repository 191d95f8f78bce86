package org.therapost.server.commandline.io;

/** A command that ends with one line for the person who typed it. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public static final int OTHER = 1;
    public static final int BAD_INPUT = 2;
    static final int NO_SERVER = 69;

    private final int status;

    public CommandFailure(int status, String line) {
        super(line);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
