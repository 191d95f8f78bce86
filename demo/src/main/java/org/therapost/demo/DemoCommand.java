package org.therapost.demo;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.therapost.demo.world.DemoException;
import org.therapost.server.commandline.AbsentDemoCommand;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.StopSignals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code therapost demo}. */
@Command(name = AbsentDemoCommand.NAME, description = AbsentDemoCommand.DESCRIPTION)
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--once", description = "Play the story and end: status 0 if every step held, 1 if not.")
    private boolean once;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "demo-data",
            description = "A folder that is emptied at the start, if a demo made it (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("demo-data");

    @Override
    public Integer call() throws CommandFailure {
        // The people in the play do not write ASCII, whatever the locale says.
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        Demo demo = demo(out);
        try {
            demo.play(once ? DemoPorts.FREE : DemoPorts.USUAL, settings -> stay(out, settings));
        } catch (DemoException failed) {
            throw new CommandFailure(CommandFailure.OTHER, String.valueOf(failed.getMessage()));
        }
        return 0;
    }

    private Demo demo(PrintWriter out) throws CommandFailure {
        try {
            return Demo.in(data, new OwnCommands(data.resolve("data")), out, Clock.systemUTC());
        } catch (DemoException unusable) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, String.valueOf(unusable.getMessage()));
        }
    }

    private void stay(PrintWriter out, DemoSettings settings)
            throws InterruptedException, ReflectiveOperationException {
        if (once) {
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        StopSignals.onStop(stop::countDown);
        out.println(settings.text());
        out.println("Running until Ctrl-C.");
        stop.await();
        out.println("stopping");
    }
}
