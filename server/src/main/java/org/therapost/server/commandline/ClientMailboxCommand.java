package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandInput;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code therapost client mailbox}. */
@Command(
        name = "mailbox",
        description = "The mailboxes from which a client writes. Answers go to the primary one.",
        subcommands = {
            ClientMailboxCommand.Add.class,
            ClientMailboxCommand.List.class,
            ClientMailboxCommand.Remove.class,
            ClientMailboxCommand.Primary.class
        })
final class ClientMailboxCommand {

    private abstract static class OfThread implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(index = "0", paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        int ask(String method, Map<String, String> body) throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask(method, "/threads/" + UriPathSegment.of(thread) + "/mailboxes", body);
            commandOutput.print(answer, out -> {
                String primary = answer.path("primary").asText();
                out.println(
                        primary.isEmpty()
                                ? "the primary mailbox was entered in a form to which no mail can be sent: add another, and make"
                                        + " it primary"
                                : "primary " + primary);
                answer.path("further").forEach(mailbox -> out.println("further " + mailbox.asText()));
            });
            return 0;
        }
    }

    /** A mailbox on the command line could be read by every user of this machine: it comes from a file or standard input. */
    private abstract static class WithMailbox extends OfThread {
        @Parameters(
                index = "1",
                paramLabel = "FILE",
                arity = "0..1",
                defaultValue = "-",
                description = "One line, the mailbox (default: standard input).")
        private Path file = Path.of("-");

        Map<String, String> mailbox() throws CommandFailure {
            if (file.toString().contains("@")) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "what stands on a command line can be read by every user of this machine (ps), and a client's"
                                + " mailbox is nobody's business: give it on standard input or in FILE, one line");
            }
            String text = CommandInput.text(file).replace("\uFEFF", "").strip();
            if (text.isEmpty() || text.lines().count() > 1) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "needed on standard input or in FILE: one line, the client's mailbox");
            }
            return Map.of("mailbox", text);
        }
    }

    @Command(name = "add", description = "Add a mailbox from which the client writes as well.")
    static final class Add extends WithMailbox {
        @Override
        public Integer call() throws CommandFailure {
            return ask("POST", mailbox());
        }
    }

    @Command(name = "list", description = "Show the client's mailboxes.")
    static final class List extends OfThread {
        @Override
        public Integer call() throws CommandFailure {
            return ask("GET", Map.of());
        }
    }

    @Command(name = "remove", description = "Remove a mailbox that is not the primary one.")
    static final class Remove extends WithMailbox {
        @Override
        public Integer call() throws CommandFailure {
            return ask("DELETE", mailbox());
        }
    }

    @Command(name = "primary", description = "Make a mailbox the one to which answers go.")
    static final class Primary extends WithMailbox {
        @Override
        public Integer call() throws CommandFailure {
            return ask("PUT", mailbox());
        }
    }
}
