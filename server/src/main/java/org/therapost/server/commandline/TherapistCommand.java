package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandInput;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.RunningServer;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code therapost therapist}. */
@Command(
        name = "therapist",
        description = "Therapists: a login, a public address, a key.",
        subcommands = {
            TherapistCommand.Add.class,
            TherapistCommand.ListAll.class,
            TherapistCommand.ExportKey.class,
            TherapistCommand.Quota.class
        })
final class TherapistCommand {

    enum Custody {
        login,
        own
    }

    @Command(
            name = "add",
            description = "Add a therapist. The password is the first line of standard input if there is one;"
                    + " otherwise it is generated and printed once.")
    static final class Add implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "Public address and login name.")
        private String address = "";

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Display name.")
        private String name = "";

        @Option(
                names = "--password-stdin",
                description = "Wait for the password on standard input, and never generate one.")
        private boolean passwordStdin;

        @Option(
                names = "--custody",
                paramLabel = "CUSTODY",
                defaultValue = "login",
                description = "Who holds the secret key: ${COMPLETION-CANDIDATES} (default: login).")
        private Custody custody = Custody.login;

        @Option(
                names = "--certificate",
                paramLabel = "FILE",
                description = "OpenPGP certificate of custody own; - for standard input.")
        private @Nullable Path certificate;

        @Override
        public Integer call() throws CommandFailure {
            Path file = certificate;
            if ((custody == Custody.own) != (file != null)) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT, "--custody own and --certificate FILE belong together");
            }
            boolean given = passwordStdin || (!isStandardInput(file) && CommandInput.isThere());
            String password = given ? CommandInput.line() : Enrolment.newPassword();
            Map<String, String> body = new HashMap<>(Map.of("address", address, "name", name, "password", password));
            if (file != null) {
                body.put("certificate", CommandInput.base64(file));
            }
            JsonNode answer = folderOptions.server().ask("POST", "/therapists", body);
            if (!given) {
                ((ObjectNode) answer).put("password", password);
            }
            commandOutput.print(answer, out -> {
                out.println("therapist " + answer.path("address").asText() + " added (custody "
                        + answer.path("custody").asText() + ")");
                if (!given) {
                    out.println("password, shown this once: " + password);
                }
            });
            return 0;
        }

        private static boolean isStandardInput(@Nullable Path file) {
            return file != null && file.toString().equals("-");
        }
    }

    @Command(name = "list", description = "List the therapists.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/therapists", Map.of());
            commandOutput.print(answer, out -> answer.path("therapists")
                    .forEach(one -> out.println(one.path("address").asText() + "  "
                            + one.path("custody").asText() + "  "
                            + one.path("name").asText())));
            return 0;
        }
    }

    @Command(
            name = "export-key",
            description = "Print a therapist's secret key, protected by the login password, which is asked for.")
    static final class ExportKey implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "The therapist's address.")
        private String address = "";

        @Override
        public Integer call() throws CommandFailure {
            RunningServer server = folderOptions.server();
            JsonNode answer = server.ask(
                    "POST",
                    "/therapists/" + UriPathSegment.of(address) + "/key",
                    Map.of("password", CommandInput.password("Password of " + address + ": ")));
            commandOutput.print(answer, out -> out.print(answer.path("key").asText()));
            return 0;
        }
    }

    @Command(
            name = "quota",
            description = "Show, or set, how much a therapist's folders may hold before mail programs may add no more."
                    + " Clients' mail and answers are filed in any case.")
    static final class Quota implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "The therapist's address.")
        private String address = "";

        @Option(
                names = "--messages",
                paramLabel = "N",
                description = "Messages at most; none for any number, default for what the configuration says.")
        private @Nullable String messages;

        @Option(
                names = "--octets",
                paramLabel = "N",
                description = "Octets at most; none for any amount, default for what the configuration says.")
        private @Nullable String octets;

        @Override
        public Integer call() throws CommandFailure {
            Map<String, String> limits = new HashMap<>();
            if (messages != null) {
                limits.put("messages", messages);
            }
            if (octets != null) {
                limits.put("octets", octets);
            }
            JsonNode answer = folderOptions
                    .server()
                    .ask(
                            limits.isEmpty() ? "GET" : "PUT",
                            "/therapists/" + UriPathSegment.of(address) + "/quota",
                            limits);
            commandOutput.print(
                    answer,
                    out -> out.println(answer.path("messages").asLong() + " messages (at most "
                            + answer.path("mostMessages").asText() + "), "
                            + answer.path("octets").asLong() + " octets (at most "
                            + answer.path("mostOctets").asText() + ")"));
            return 0;
        }
    }
}
