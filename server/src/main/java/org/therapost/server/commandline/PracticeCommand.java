package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code therapost practice}. */
@Command(
        name = "practice",
        description = "Practices: one mail domain each.",
        subcommands = {PracticeCommand.Add.class, PracticeCommand.ListAll.class})
final class PracticeCommand {

    @Command(name = "add", description = "Add a practice; prints the DNS records to publish.")
    static final class Add implements Callable<Integer> {
        /** What MX says of a server whose name was never set. */
        private static final String UNREACHABLE = "10 localhost.";

        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "DOMAIN", description = "The practice's mail domain.")
        private String domain = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("POST", "/practices", Map.of("domain", domain));
            commandOutput.print(answer, out -> {
                out.println("practice " + answer.path("domain").asText() + " added; publish in its DNS:");
                for (JsonNode record : answer.path("records")) {
                    out.println("  " + record.path("name").asText() + ".  "
                            + record.path("type").asText() + "  " + value(record));
                    if (value(record).equals(UNREACHABLE)) {
                        out.println(
                                "    (nobody finds that: give the server the name that MX is to point to, key hostname"
                                        + " in therapost.properties, and start it again)");
                    }
                }
            });
            return 0;
        }

        private static String value(JsonNode record) {
            String value = record.path("value").asText();
            // RFC 1035 section 3.3.14: one string of a TXT record has at most 255 octets.
            return record.path("type").asText().equals("TXT")
                    ? "\"" + value.replaceAll("(.{250})(?=.)", "$1\" \"") + "\""
                    : value;
        }
    }

    @Command(name = "list", description = "List the practices.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/practices", Map.of());
            commandOutput.print(answer, out -> answer.path("practices")
                    .forEach(one -> out.println(one.path("domain").asText())));
            return 0;
        }
    }
}
