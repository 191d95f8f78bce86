package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code therapost thread}. */
@Command(
        name = "thread",
        description = "Threads, as operators may see them: no name, no client's address, no word.",
        subcommands = {ThreadCommand.ListAll.class, ThreadCommand.Show.class, ThreadCommand.Restore.class})
final class ThreadCommand {

    @Command(name = "list", description = "List all threads.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/threads", Map.of());
            commandOutput.print(answer, out -> answer.path("threads")
                    .forEach(one -> out.println(one.path("thread").asText() + "  "
                            + one.path("therapist").asText() + "  "
                            + one.path("carriage").asText() + "  "
                            + "key " + one.path("key").asText() + "  "
                            + one.path("messages").asLong() + " messages  "
                            + one.path("waiting").asLong() + " waiting")));
            return 0;
        }
    }

    @Command(name = "show", description = "Show one thread.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/threads/" + UriPathSegment.of(thread), Map.of());
            commandOutput.print(answer, out -> answer.properties()
                    .forEach(field ->
                            out.println(field.getKey() + ": " + field.getValue().asText())));
            return 0;
        }
    }

    @Command(
            name = "restore",
            description = "Show in the thread's folder again what was deleted or moved from it. The record itself never"
                    + " changes.")
    static final class Restore implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask("POST", "/threads/" + UriPathSegment.of(thread) + "/view", Map.of());
            commandOutput.print(
                    answer,
                    out -> out.println(answer.path("restored").asLong() + " messages came back into the folder"));
            return 0;
        }
    }
}
