package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.domain.access.AppPassword;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.SecretInput;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a therapist types who sets up the own login, with nobody looking on. */
final class AccessCommands {

    private static final String NEW_PASSWORD = "New password (12 characters or more): ";

    private AccessCommands() {}

    /** What all of them have. */
    abstract static class OfTherapist implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Spec
        private CommandSpec command = CommandSpec.create();

        @Parameters(paramLabel = "ADDRESS", description = "The therapist's address.")
        private String address = "";

        SecretInput secretInput() {
            return Commands.secretInput(command);
        }

        JsonNode ask(String method, String what, Map<String, ?> body, char[]... secrets) throws CommandFailure {
            return folderOptions
                    .server()
                    .ask(method, "/therapists/" + UriPathSegment.of(address) + "/" + what, body, secrets);
        }

        CommandOutput output() {
            return commandOutput;
        }

        String address() {
            return address;
        }
    }

    private static void printCode(PrintWriter out, String code) {
        out.println("Your recovery code, shown this once. Write it on paper and lock it away:");
        out.println();
        out.println("    " + code);
        out.println();
        out.println(
                "With it you set a new password if you lose yours (therapost therapist recover). It opens your mail:"
                        + " show it to nobody, and keep it in no computer.");
        out.println("Password and recovery code both lost: new key; history returns only through another reader's"
                + " share.");
    }

    @Command(
            name = "activate",
            description = "Activate a login with the one-time code, by the therapist: sets the password, makes the"
                    + " key, prints a recovery code. Asks for the code and the new password, or reads them from standard"
                    + " input, one a line.")
    static final class Activate extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            char[] code = secretInput().ask("Activation code: ");
            char[] password = secretInput().askForNew(NEW_PASSWORD);
            try (RecoveryCode recovery = RecoveryCode.generate()) {
                String paper = new String(recovery.text());
                JsonNode answer = ask("POST", "activation", Map.of(), code, password, recovery.text());
                boolean keyHere = answer.path("custody").asText().equals("login");
                if (keyHere) {
                    ((ObjectNode) answer).put("recoveryCode", paper);
                }
                output().print(answer, out -> {
                    out.println("the login " + answer.path("address").asText() + " is activated");
                    out.println("fingerprint of the key: "
                            + answer.path("fingerprint").asText());
                    if (keyHere) {
                        printCode(out, paper);
                    }
                });
                return 0;
            }
        }
    }

    @Command(
            name = "password",
            description =
                    "Set another password. Asks for the present one, or the recovery code, and for the new one; or"
                            + " reads them from standard input, one a line.")
    static final class ChangePassword extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            char[] present = secretInput().ask("Present password, or recovery code: ");
            char[] next = secretInput().askForNew(NEW_PASSWORD);
            JsonNode answer = ask("POST", "password", Map.of(), present, next);
            output().print(answer, out -> {
                out.println("the password of " + answer.path("address").asText() + " is changed");
                out.println("app passwords and the recovery code are as before; the old password still opens old"
                        + " backups of this server");
            });
            return 0;
        }
    }

    @Command(
            name = "recover",
            description =
                    "Set another password with the recovery code, which is replaced by a new one. Asks for the code"
                            + " and the new password, or reads them from standard input, one a line.")
    static final class Recover extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            char[] code = secretInput().ask("Recovery code: ");
            char[] next = secretInput().askForNew(NEW_PASSWORD);
            try (RecoveryCode recovery = RecoveryCode.generate()) {
                String paper = new String(recovery.text());
                JsonNode answer = ask("POST", "recovery", Map.of(), code, next, recovery.text());
                ((ObjectNode) answer).put("recoveryCode", paper);
                output().print(answer, out -> {
                    out.println("the password of " + answer.path("address").asText() + " is changed");
                    out.println("the recovery code that you typed is spent");
                    printCode(out, paper);
                });
                return 0;
            }
        }
    }

    @Command(
            name = "recovery-code",
            description =
                    "Make another recovery code; the one of before opens nothing any more. Asks for the password, or"
                            + " reads it from standard input.")
    static final class NewRecoveryCode extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            char[] password = secretInput().ask("Password: ");
            try (RecoveryCode recovery = RecoveryCode.generate()) {
                String paper = new String(recovery.text());
                JsonNode answer = ask("POST", "recovery-code", Map.of(), password, recovery.text());
                ((ObjectNode) answer).put("recoveryCode", paper);
                output().print(answer, out -> printCode(out, paper));
                return 0;
            }
        }
    }

    @Command(
            name = "export-key",
            description =
                    "Print a therapist's secret key, protected by the login password, which is asked for or read from"
                            + " standard input.")
    static final class ExportKey extends OfTherapist {

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = ask("POST", "key", Map.of(), secretInput().ask("Password of " + address() + ": "));
            output().print(answer, out -> out.print(answer.path("key").asText()));
            return 0;
        }
    }

    /** {@code therapost therapist app-password}. */
    @Command(
            name = "app-password",
            description = "Passwords for one mail program on one device each.",
            subcommands = {
                AppPasswordCommand.Add.class,
                AppPasswordCommand.ListAll.class,
                AppPasswordCommand.Revoke.class
            })
    static final class AppPasswordCommand {

        @Command(
                name = "add",
                description =
                        "Make an app password for a device and print it once. Asks for the login password, or reads it from"
                                + " standard input.")
        static final class Add extends OfTherapist {

            @Option(
                    names = "--device",
                    required = true,
                    paramLabel = "NAME",
                    description = "What the device is called.")
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

            @Option(
                    names = "--device",
                    required = true,
                    paramLabel = "NAME",
                    description = "What the device is called.")
            private String device = "";

            @Override
            public Integer call() throws CommandFailure {
                JsonNode answer = ask("DELETE", "app-passwords", Map.of("device", device));
                output().print(answer, out -> {
                    out.println("the app password of " + answer.path("device").asText()
                            + " is revoked: it opens nothing on this server any more");
                    out.println(
                            "it still opens backups of this server that were made before (this version cannot rotate keys yet); a"
                                    + " program that is connected now stays connected until it ends");
                });
                return 0;
            }
        }
    }
}
