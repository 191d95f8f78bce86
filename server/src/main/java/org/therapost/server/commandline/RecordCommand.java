package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.RunningServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code therapost record}. */
@Command(
        name = "record",
        description = "The record of all threads: whether it is what the server accepted.",
        subcommands = {RecordCommand.Verify.class})
final class RecordCommand {

    private static final long EVERY_MILLIS = 300;

    @Command(
            name = "verify",
            description = "Compare every message with the chain of its thread. The exit status is 0 if all is as it was"
                    + " accepted, and 1 if anything is not. Reads all of the database; mail goes on meanwhile.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Spec
        private CommandSpec command = CommandSpec.create();

        @Parameters(paramLabel = "THREAD", arity = "0..1", description = "The address of the one thread to look at.")
        private @Nullable String thread;

        @Option(
                names = "--against",
                paramLabel = "FILE",
                description = "Compare with the checkpoints of this file: one that a therapist kept, or a copy of the"
                        + " file checkpoints of the data folder.")
        private @Nullable Path against;

        @Override
        public Integer call() throws CommandFailure {
            RunningServer server = folderOptions.server();
            Map<String, Object> what = new HashMap<>();
            if (thread != null) {
                what.put("thread", thread);
            }
            if (against != null) {
                what.put("against", text(against));
            }
            String run = server.ask("POST", "/record", what).path("id").asText();
            JsonNode report = server.ask("GET", "/record/" + run, Map.of());
            long told = 0;
            while (!report.path("done").asBoolean()) {
                pause();
                report = server.ask("GET", "/record/" + run, Map.of());
                if (report.path("compared").asLong() > told) {
                    told = report.path("compared").asLong();
                    command.commandLine()
                            .getErr()
                            .println("compared " + told + " of "
                                    + report.path("of").asLong() + " messages");
                    command.commandLine().getErr().flush();
                }
            }
            JsonNode last = report;
            commandOutput.print(last, out -> {
                out.println("compared " + last.path("messages").asLong() + " messages in "
                        + last.path("threads").asLong() + " threads; "
                        + last.path("tombstones").asLong() + " more were erased, and their place in the chain is kept");
                if (!last.path("chainedAt").asText().isEmpty()) {
                    out.println("what was accepted before "
                            + last.path("chainedAt").asText() + " is chained since then, not before");
                }
                last.path("wrong").forEach(sentence -> out.println("WRONG  " + sentence.asText()));
                out.println(
                        last.path("wrong").isEmpty()
                                ? "everything is as it was accepted"
                                : last.path("wrong").size()
                                        + " things are wrong; what to do: docs/operator.md, section 9");
            });
            return last.path("wrong").isEmpty() ? 0 : CommandFailure.OTHER;
        }

        private static String text(Path file) throws CommandFailure {
            try {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException unreadable) {
                throw new CommandFailure(CommandFailure.OTHER, "cannot read " + file);
            }
        }

        private static void pause() throws CommandFailure {
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(CommandFailure.OTHER, "interrupted");
            }
        }
    }
}
