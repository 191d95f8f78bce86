package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandInput;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code therapost client settings}. */
@Command(name = "settings", description = "How our notices are written to a client; without options: show it.")
final class ClientSettingsCommand implements Callable<Integer> {

    @Mixin
    private FolderOptions folderOptions = new FolderOptions();

    @Mixin
    private CommandOutput commandOutput = new CommandOutput();

    @Parameters(paramLabel = "THREAD", description = "The thread's address.")
    private String thread = "";

    @Option(names = "--zone", paramLabel = "ZONE", description = "In which times are told, such as Europe/Berlin.")
    private @Nullable String zone;

    @Option(names = "--language", paramLabel = "LANGUAGE", description = "en, de, fr, es or nl.")
    private @Nullable String language;

    @Option(names = "--crisis", paramLabel = "LEVEL", description = "pointer, or open: the crisis text in open words.")
    private @Nullable String crisis;

    @Option(
            names = "--crisis-text",
            paramLabel = "FILE",
            description = "A file (- for standard input) that says whom to call in a crisis; none: no text.")
    private @Nullable String crisisText;

    @Override
    public Integer call() throws CommandFailure {
        Map<String, String> body = new TreeMap<>();
        ContractCommand.put(body, "zone", zone);
        ContractCommand.put(body, "language", language);
        ContractCommand.put(body, "crisis", crisis);
        ContractCommand.put(body, "crisis-text", CommandInput.words("--crisis-text", crisisText));
        JsonNode answer = folderOptions
                .server()
                .ask(body.isEmpty() ? "GET" : "PUT", "/threads/" + UriPathSegment.of(thread) + "/settings", body);
        commandOutput.print(answer, out -> answer.properties()
                .forEach(field -> out.printf(
                        "%-12s %s%n", field.getKey(), field.getValue().asText())));
        return 0;
    }
}
