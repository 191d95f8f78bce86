package org.therapost.demo;

import org.therapost.server.commandline.AbsentDemoCommand;
import org.therapost.server.commandline.Commands;
import picocli.CommandLine;

/** The program {@code therapost} with the demo: what the launcher runs for {@code therapost demo}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        // Nothing runs any more when the command returns; what is left are idle threads of pools.
        System.exit(status);
    }

    static CommandLine commandLine() {
        return Commands.commandLine(AbsentDemoCommand.NAME, new DemoCommand());
    }
}
