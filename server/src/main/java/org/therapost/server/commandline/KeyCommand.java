package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code therapost key}. */
@Command(
        name = "key",
        description = "The OpenPGP certificates of threads and therapists.",
        subcommands = {KeyCommand.Export.class})
final class KeyCommand {

    @Command(
            name = "export",
            description =
                    "Print the certificate of a thread or a therapist, ASCII-armored, for people and programs that"
                            + " verify or encrypt. It holds no secret.")
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec command = CommandSpec.create();

        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "The thread's address, or the therapist's.")
        private String address = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/keys/" + UriPathSegment.of(address), Map.of());
            commandOutput.print(answer, out -> {
                out.print(answer.path("certificate").asText());
                // Not among what goes into a file or a pipe.
                PrintWriter aside = command.commandLine().getErr();
                aside.println("fingerprint: " + answer.path("fingerprint").asText());
                answer.path("warnings").forEach(warning -> aside.println("warning: " + warning.asText()));
                aside.flush();
            });
            return 0;
        }
    }
}
