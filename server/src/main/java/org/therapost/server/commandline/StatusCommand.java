package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code therapost status}. */
@Command(name = "status", description = "Tell how the running server is; the exit status is 0 if it is ready.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private FolderOptions folderOptions = new FolderOptions();

    @Mixin
    private CommandOutput commandOutput = new CommandOutput();

    @Override
    public Integer call() throws CommandFailure {
        JsonNode answer = folderOptions.server().ask("GET", "/status", Map.of());
        boolean ready = answer.path("ready").asBoolean();
        commandOutput.print(answer, out -> {
            out.println(ready ? "ready" : "not ready");
            answer.path("checks")
                    .forEach(check -> out.println(("  " + check.path("part").asText() + ": "
                                    + check.path("status").asText() + "  "
                                    + check.path("cause").asText())
                            .stripTrailing()));
            JsonNode suffixes = answer.path("publicSuffixList");
            out.println(
                    "  the public suffix list is of " + suffixes.path("date").asText() + ", "
                            + suffixes.path("days").asLong() + " days old");
            JsonNode unreachable = answer.path("unreachableClients");
            if (!unreachable.isEmpty()) {
                out.println("  " + unreachable.size()
                        + " clients have a mailbox to which no mail can be sent; their therapists were told."
                        + " Get another address of each, then: therapost client mailbox add THREAD, therapost"
                        + " client mailbox primary THREAD");
                unreachable.forEach(thread -> out.println("    " + thread.asText()));
            }
            JsonNode wrong = answer.path("wrongRows");
            if (!wrong.isEmpty()) {
                out.println(
                        "  rows of the database that are not as this server wrote them; none of them is used (what to"
                                + " do: docs/operator.md, section 9; all of them: therapost record verify):");
                wrong.forEach(row -> out.println("    " + row.asText()));
            }
            JsonNode known = answer.path("passwordsKnownToOperators");
            if (!known.isEmpty()) {
                out.println("  " + known.size()
                        + " therapists still have a password that an operator may know; each was asked to change it:"
                        + " therapost therapist password ADDRESS");
                known.forEach(address -> out.println("    " + address.asText()));
            }
            JsonNode postmaster = answer.path("postmaster");
            if (postmaster.path("mails").asInt() > 0) {
                out.println("  mail to postmaster and abuse: "
                        + postmaster.path("mails").asInt() + ", the oldest of "
                        + postmaster.path("oldest").asText() + ", "
                        + postmaster.path("days").asLong()
                        + " days old (read it: postmaster list; it stays until postmaster remove)");
            }
        });
        return ready ? 0 : CommandFailure.OTHER;
    }
}
