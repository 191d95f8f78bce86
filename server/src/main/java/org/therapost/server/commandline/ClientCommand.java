package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.server.commandline.io.ClientDetails;
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

/** {@code therapost client}. */
@Command(
        name = "client",
        description = "Clients: each has one thread with one therapist.",
        subcommands = {
            ClientCommand.Add.class,
            ClientCommand.Key.class,
            ClientCommand.Consent.class,
            ClientMailboxCommand.class,
            ClientSettingsCommand.class
        })
final class ClientCommand {

    @Command(
            name = "add",
            description = "Add a client of a therapist; prints the thread's address. The client's mailbox and name are"
                    + " asked for, or read from FILE: two lines, or one such as Name <mailbox>.")
    static final class Add implements Callable<Integer> {
        private static final String SEEN_BY_OTHERS = "what stands on a command line can be read by every user of this"
                + " machine (ps) and is kept by shells, and a client's mailbox and name are nobody's business: leave"
                + " --email and --name away, and type them when asked, or give them on standard input or in FILE, two"
                + " lines: the mailbox, then the name";

        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Option(names = "--therapist", required = true, paramLabel = "ADDRESS", description = "The therapist.")
        private String therapist = "";

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                defaultValue = "-",
                description = "The client's mailbox and name (default: standard input).")
        private Path file = Path.of("-");

        @Option(names = "--email", hidden = true, arity = "0..1", fallbackValue = "")
        private @Nullable String email;

        @Option(names = "--name", hidden = true, arity = "0..1", fallbackValue = "")
        private @Nullable String name;

        @Override
        public Integer call() throws CommandFailure {
            if (email != null || name != null) {
                throw new CommandFailure(CommandFailure.BAD_INPUT, SEEN_BY_OTHERS);
            }
            RunningServer server = folderOptions.server();
            ClientDetails client = ClientDetails.read(file);
            JsonNode answer = server.ask(
                    "POST", "/clients", Map.of("therapist", therapist, "email", client.email(), "name", client.name()));
            commandOutput.print(
                    answer, out -> out.println("thread " + answer.path("thread").asText()));
            return 0;
        }
    }

    @Command(
            name = "key",
            description = "The client's OpenPGP certificate.",
            subcommands = {KeyAdd.class, KeyRemove.class})
    static final class Key {}

    @Command(name = "add", description = "Put a certificate on file; it is used when the therapist has confirmed it.")
    static final class KeyAdd implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(index = "0", paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Parameters(
                index = "1",
                paramLabel = "FILE",
                arity = "0..1",
                defaultValue = "-",
                description = "The certificate (default: standard input).")
        private Path file = Path.of("-");

        @Option(
                names = "--even-if-other-address",
                description = "Take it although it does not name the client's mailbox; compare the fingerprint first.")
        private boolean evenIfOtherAddress;

        @Override
        public Integer call() throws CommandFailure {
            Map<String, Object> body =
                    Map.of("certificate", CommandInput.base64(file), "even-if-other-address", evenIfOtherAddress);
            JsonNode answer = folderOptions.server().ask("PUT", "/threads/" + UriPathSegment.of(thread) + "/key", body);
            commandOutput.print(answer, out -> {
                out.println((answer.path("state").asText().equals("waits")
                                ? "key on file; it is used when the therapist has confirmed it: "
                                : "this key is known already; what is new in it counts: ")
                        + answer.path("fingerprint").asText());
                answer.path("warnings").forEach(warning -> out.println("warning: " + warning.asText()));
            });
            return 0;
        }
    }

    @Command(name = "remove", description = "Take the certificate off file.")
    static final class KeyRemove implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask("DELETE", "/threads/" + UriPathSegment.of(thread) + "/key", Map.of());
            commandOutput.print(answer, out -> out.println("key removed"));
            return 0;
        }
    }

    enum ByConsent {
        tls
    }

    @Command(name = "consent", description = "Record, or revoke, the client's consent to a way of carriage.")
    static final class Consent implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Option(
                names = "--carriage",
                required = true,
                paramLabel = "CARRIAGE",
                description = "${COMPLETION-CANDIDATES}: readable by the client's provider, over verified TLS.")
        private ByConsent carriage = ByConsent.tls;

        @Option(names = "--revoke", description = "The consent is withdrawn.")
        private boolean revoke;

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions
                    .server()
                    .ask("PUT", "/threads/" + UriPathSegment.of(thread) + "/consent", Map.of("given", !revoke));
            commandOutput.print(
                    answer, out -> out.println("consent to " + carriage + (revoke ? " revoked" : " recorded")));
            return 0;
        }
    }
}
