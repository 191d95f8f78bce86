package org.therapost.server.commandline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code therapost config}: what is configured, and whether the server would start with it. No server need run. */
@Command(
        name = "config",
        description = "Look at the configuration, as a server that is started now would read it.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** The status is 2 if anything is wrong. */
    @Command(name = "check", description = "Say what is wrong, each with its place and what is allowed there.")
    int check(@Mixin FolderOptions folderOptions) throws CommandFailure {
        folderOptions.configuration();
        Path file = folderOptions.configurationFolder().resolve(Configuration.FILE);
        out().println(
                        Files.exists(file)
                                ? "nothing is wrong in " + file + " and the environment"
                                : "there is no " + file + ": every key that is not in the environment has its default");
        return 0;
    }

    @Command(
            name = "show",
            description = "Show what is in force for every key, and where it is set. Passwords are not shown.")
    int show(@Mixin FolderOptions folderOptions) throws CommandFailure {
        for (Configuration.InForce value : folderOptions.configuration().inForce()) {
            out().println(value.key() + " = " + value.value() + "  (" + value.where() + ")");
        }
        return 0;
    }

    @Command(name = "template", description = "Print the file therapost.properties as it is shipped.")
    int template() {
        out().print(ConfigurationFile.text());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
