package org.therapost.server.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code therapost demo} where the demo is not: it is a module of its own, which no installation has. The launcher of the source
 * code runs it there. The help lists the command all the same.
 */
@Command(name = AbsentDemoCommand.NAME, description = AbsentDemoCommand.DESCRIPTION)
public final class AbsentDemoCommand implements Callable<Integer> {

    public static final String NAME = "demo";
    public static final String DESCRIPTION =
            "Play the whole story against real protocols, then stay up to try it with a mail program.";

    /** The demo's own options are not known here. */
    @Unmatched
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws CommandFailure {
        throw new CommandFailure(
                CommandFailure.BAD_INPUT,
                "the demo is not part of this installation: run ./therapost demo where the source code is");
    }
}
