package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code therapost queue}. */
@Command(
        name = "queue",
        description = "Answers on their way to clients, as operators may see them: ids and ages, no address, no word.",
        subcommands = {QueueCommand.ListAll.class, QueueCommand.Retry.class})
final class QueueCommand {

    @Command(
            name = "list",
            description =
                    "List what is on its way (spool), waits for a key or a consent (waiting) or because the client's"
                            + " domain names other mail servers (new-server), does not open with this server key"
                            + " (damaged), or was kept after too many failures (kept).")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/queue", Map.of());
            commandOutput.print(answer, out -> answer.path("parcels").forEach(one -> out.println(line(one))));
            return 0;
        }

        private static String line(JsonNode one) {
            Duration age = Duration.between(Instant.parse(one.path("posted").asText()), Instant.now());
            return String.join(
                    "  ",
                    one.path("id").asText(),
                    one.path("place").asText() + (one.path("inWork").asBoolean() ? " (in work)" : ""),
                    one.path("carriage").asText(),
                    age.toMinutes() + " min",
                    one.path("attempts").asInt() + " attempts",
                    "next " + one.path("next").asText());
        }
    }

    @Command(
            name = "retry",
            description = "Try one at once that was put off, or again from the beginning one that was set aside.")
    static final class Retry implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ID", description = "The parcel's id.")
        private String id = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask("POST", "/queue/" + UriPathSegment.of(id) + "/retry", Map.of());
            commandOutput.print(
                    answer, out -> out.println("parcel " + answer.path("id").asText() + " is tried again"));
            return 0;
        }
    }
}
