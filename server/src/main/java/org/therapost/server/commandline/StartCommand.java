package org.therapost.server.commandline;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.StopSignals;
import org.therapost.server.folder.StartException;
import org.therapost.server.process.TherapostServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code therapost start}. */
@Command(name = "start", description = "Run the server in the foreground until it is told to stop (Ctrl-C, SIGTERM).")
final class StartCommand implements Callable<Integer> {

    @Mixin
    private FolderOptions folderOptions = new FolderOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        CountDownLatch stop = new CountDownLatch(1);
        try (TherapostServer server = TherapostServer.start(folderOptions.configuration(), line -> say(out, line))) {
            StopSignals.onStop(stop::countDown);
            say(out, "ready " + server.addresses());
            stop.await();
            say(out, "stopping");
        } catch (StartException cannot) {
            throw new CommandFailure(CommandFailure.OTHER, String.valueOf(cannot.getMessage()));
        } catch (ReflectiveOperationException noSignals) {
            throw new CommandFailure(CommandFailure.OTHER, "this Java has no signals: " + noSignals.getMessage());
        }
        say(out, "stopped");
        return 0;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
