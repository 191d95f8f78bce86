package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code therapost postmaster}: what was written to postmaster and abuse. */
@Command(
        name = "postmaster",
        description = "Mail to postmaster and abuse of the practices: it is for you.",
        subcommands = {PostmasterCommand.ListAll.class, PostmasterCommand.Show.class, PostmasterCommand.Remove.class})
final class PostmasterCommand {

    @Command(name = "list", description = "List what is there, oldest first. At most 500 mails are kept.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/postmaster", Map.of());
            commandOutput.print(answer, out -> answer.path("mails")
                    .forEach(one -> out.println(String.join(
                            "  ",
                            one.path("id").asText(),
                            one.path("arrived").asText(),
                            one.path("size").asText() + " octets"))));
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Print one mail as it came. Anybody may have written it: trust nothing in it.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ID", description = "The mail's id.")
        private String id = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions.server().ask("GET", "/postmaster/" + UriPathSegment.of(id), Map.of());
            // A stranger's control characters would command the terminal.
            commandOutput.print(
                    answer,
                    out -> out.println(answer.path("mail")
                            .asText()
                            .replace("\r\n", "\n")
                            .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?")));
            return 0;
        }
    }

    @Command(name = "remove", description = "Remove one mail that was read.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "ID", description = "The mail's id.")
        private String id = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask("POST", "/postmaster/" + UriPathSegment.of(id) + "/remove", Map.of());
            commandOutput.print(
                    answer, out -> out.println("mail " + answer.path("id").asText() + " is removed"));
            return 0;
        }
    }
}
