package org.therapost.server;

import org.therapost.server.commandline.Commands;

/** The program {@code therapost}. */
public final class Therapost {

    private Therapost() {}

    public static void main(String[] arguments) {
        int status = Commands.commandLine().execute(arguments);
        // Nothing runs any more when a command returns; what is left are idle threads of pools.
        System.exit(status);
    }
}
