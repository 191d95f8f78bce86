package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.therapost.domain.access.AppPassword;
import org.therapost.server.commandline.AccessCommands.OfTherapist;
import org.therapost.server.commandline.io.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code therapost therapist app-password}. */
@Command(
        name = "app-password",
        description = "Passwords for one mail program on one device each.",
        subcommands = {AppPasswordCommand.Add.class, AppPasswordCommand.ListAll.class, AppPasswordCommand.Revoke.class})
final class AppPasswordCommand {

    @Command(
            name = "add",
            description =
                    "Make an app password for a device and print it once. Asks for the login password, or reads it from"
                            + " standard input.")
    static final class Add extends OfTherapist {

        @Option(names = "--device", required = true, paramLabel = "NAME", description = "What the device is called.")
        private String device = "";

        @Override
        public Integer call() throws CommandFailure {
            char[] password = secretInput().ask("Password: ");
            try (AppPassword app = AppPassword.generate()) {
                String text = new String(app.text());
                JsonNode answer = ask("POST", "app-passwords", Map.of("device", device), password, app.text());
                ((ObjectNode) answer).put("appPassword", text);
                output().print(answer, out -> {
                    out.println("app password for " + answer.path("device").asText()
                            + ", shown this once; type or paste it into the mail program as the password:");
                    out.println();
                    out.println("    " + text);
                    out.println();
                    out.println("it reads and sends mail; it changes nothing about the login");
                });
                return 0;
            }
        }
    }

    @Command(name = "list", description = "List the devices that have an app password.")
    static final class ListAll extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = ask("GET", "app-passwords", Map.of());
            output().print(answer, out -> {
                if (answer.path("appPasswords").isEmpty()) {
                    out.println("no device has an app password");
                }
                answer.path("appPasswords")
                        .forEach(one -> out.println(one.path("device").asText() + "  made "
                                + one.path("made").asText() + "  last used "
                                + one.path("lastUsed").asText("never")));
            });
            return 0;
        }
    }

    @Command(name = "revoke", description = "Take a device its app password, at once.")
    static final class Revoke extends OfTherapist {

        @Option(names = "--device", required = true, paramLabel = "NAME", description = "What the device is called.")
        private String device = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = ask("DELETE", "app-passwords", Map.of("device", device));
            output().print(answer, out -> {
                out.println("the app password of " + answer.path("device").asText()
                        + " is revoked: it opens nothing on this server any more");
                out.println("it still opens backups of this server that were made before, until the key is rotated; a"
                        + " program that is connected now stays connected until it ends");
            });
            return 0;
        }
    }
}
