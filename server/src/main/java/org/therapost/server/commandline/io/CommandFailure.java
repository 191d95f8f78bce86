package org.therapost.server.commandline.io;

import java.util.List;

/** A command that ends with a line, or a few, for the person who typed it. */
public final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    public static final int OTHER = 1;
    public static final int BAD_INPUT = 2;
    static final int NO_SERVER = 69;

    private final int status;
    private final transient List<String> lines;

    public CommandFailure(int status, String line) {
        this(status, List.of(line));
    }

    /** @param lines one for each thing that is wrong */
    public CommandFailure(int status, List<String> lines) {
        super(String.join("; ", lines));
        this.status = status;
        this.lines = List.copyOf(lines);
    }

    /** What the person is told. */
    public List<String> lines() {
        return lines;
    }

    public int status() {
        return status;
    }
}
