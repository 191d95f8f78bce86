package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.access.ActivationCode;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandInput;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
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
            TherapistCommand.NewActivationCode.class,
            TherapistCommand.ListAll.class,
            AccessCommands.Activate.class,
            AccessCommands.ChangePassword.class,
            AccessCommands.AppPasswordCommand.class,
            AccessCommands.Recover.class,
            AccessCommands.NewRecoveryCode.class,
            AccessCommands.ExportKey.class,
            TherapistCommand.Quota.class
        })
final class TherapistCommand {

    enum Custody {
        login,
        own
    }

    @Command(
            name = "add",
            description = "Add a therapist, and print a one-time code with which the therapist activates the login"
                    + " (therapist activate): nobody else ever has the password.")
    static final class Add implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "Public address and login name.")
        private String address = "";

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Display name.")
        private String name = "";

        @Option(names = "--password-stdin", hidden = true)
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
            if (passwordStdin) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "a therapist's password is for the therapist alone: therapist add prints a code, and therapist"
                                + " activate reads it with the password");
            }
            Map<String, String> body = new HashMap<>(Map.of("address", address, "name", name));
            if (file != null) {
                body.put("certificate", CommandInput.base64(file));
            }
            try (ActivationCode code = ActivationCode.generate()) {
                String text = new String(code.text());
                JsonNode answer = folderOptions.server().ask("POST", "/therapists", body, code.text());
                ((ObjectNode) answer).put("activationCode", text);
                commandOutput.print(answer, out -> {
                    out.println("therapist " + answer.path("address").asText() + " added (custody "
                            + answer.path("custody").asText() + "); mail to this address waits until the activation");
                    printCode(out, answer, text);
                });
                return 0;
            }
        }
    }

    private static void printCode(PrintWriter out, JsonNode answer, String code) {
        out.println("activation code, shown this once, valid until "
                + answer.path("until").asText() + ", once, five tries: " + code);
        out.println(
                "give it to the therapist, who types it here with a password that nobody else sees: therapost therapist"
                        + " activate " + answer.path("address").asText());
    }

    @Command(
            name = "activation-code",
            description =
                    "Print a new one-time code for a therapist who has not activated the login yet; the one of before"
                            + " is not valid any more.")
    static final class NewActivationCode implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ADDRESS", description = "The therapist's address.")
        private String address = "";

        @Override
        public Integer call() throws CommandFailure {
            try (ActivationCode code = ActivationCode.generate()) {
                String text = new String(code.text());
                JsonNode answer = folderOptions
                        .server()
                        .ask(
                                "POST",
                                "/therapists/" + UriPathSegment.of(address) + "/activation-code",
                                Map.of(),
                                code.text());
                ((ObjectNode) answer).put("activationCode", text);
                commandOutput.print(answer, out -> printCode(out, answer, text));
                return 0;
            }
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
            commandOutput.print(answer, out -> {
                answer.path("therapists").forEach(one -> out.println(line(one)));
                answer.path("waiting")
                        .forEach(one -> out.println(line(one)
                                + (one.path("codeValid").asBoolean()
                                        ? "  waits for its activation until "
                                                + one.path("until").asText()
                                        : "  not activated, and the code is not valid any more"
                                                + " (therapist activation-code)")));
            });
            return 0;
        }

        private static String line(JsonNode therapist) {
            return therapist.path("address").asText() + "  "
                    + therapist.path("custody").asText() + "  "
                    + therapist.path("name").asText();
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
