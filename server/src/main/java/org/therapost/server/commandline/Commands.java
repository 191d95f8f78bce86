package org.therapost.server.commandline;

import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.SecretInput;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands. */
@Command(
        name = "therapost",
        description = "A mail server for therapy by email: sealed before it is accepted.",
        mixinStandardHelpOptions = true,
        versionProvider = Release.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            ConfigCommand.class,
            PracticeCommand.class,
            TherapistCommand.class,
            ClientCommand.class,
            ThreadCommand.class,
            RecordCommand.class,
            KeyCommand.class,
            QueueCommand.class,
            PostmasterCommand.class,
            StatusCommand.class,
            SessionCliCommand.class,
            ContractCommand.class,
            Commands.Version.class,
            AbsentDemoCommand.class
        })
public final class Commands implements Runnable {

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final SecretInput secretInput;

    private Commands(SecretInput secretInput) {
        this.secretInput = secretInput;
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        return commandLine(SecretInput.ofProcess());
    }

    /**
     * The command line, ready to execute.
     *
     * @param secretInput where passwords and codes come from
     */
    public static CommandLine commandLine(SecretInput secretInput) {
        return ready(new CommandLine(new Commands(secretInput)));
    }

    /** Where a command's passwords and codes come from. */
    static SecretInput secretInput(CommandSpec command) {
        return command.root().userObject() instanceof Commands all ? all.secretInput : SecretInput.ofProcess();
    }

    /**
     * The command line of a module that builds on this one, ready to execute.
     *
     * @param name the command that the module carries out itself
     * @param command what it has in the place of ours
     */
    public static CommandLine commandLine(String name, Object command) {
        CommandLine commandLine = new CommandLine(new Commands(SecretInput.ofProcess()));
        commandLine.getCommandSpec().removeSubcommand(name);
        return ready(commandLine.addSubcommand(name, command));
    }

    private static CommandLine ready(CommandLine commandLine) {
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        addHelp(commandLine);
        commandLine.setParameterExceptionHandler((wrong, arguments) -> badInput(wrong));
        commandLine.setExecutionExceptionHandler((failed, at, parsed) -> failed(at, failed));
        return commandLine;
    }

    private static void addHelp(CommandLine commandLine) {
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            CommandSpec spec = subcommand.getCommandSpec();
            spec.mixinStandardHelpOptions(true);
            addHelp(subcommand);
        }
    }

    private static int badInput(ParameterException wrong) {
        CommandLine at = wrong.getCommandLine();
        at.getErr()
                .println(oneLine(wrong.getMessage()) + " (help: "
                        + at.getCommandSpec().qualifiedName() + " --help)");
        at.getErr().flush();
        return CommandFailure.BAD_INPUT;
    }

    private static int failed(CommandLine at, Exception failed) {
        if (failed instanceof CommandFailure known) {
            known.lines().forEach(line -> at.getErr().println(oneLine(line)));
            at.getErr().flush();
            return known.status();
        }
        at.getErr().println("therapost failed: " + failed.getClass().getName());
        at.getErr().flush();
        return CommandFailure.OTHER;
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }

    /** No command: help. */
    @Override
    public void run() {
        command.commandLine().usage(command.commandLine().getOut());
        command.commandLine().getOut().flush();
    }

    /** The version, for who does not think of {@code --version}. */
    @Command(name = "version", description = "Print the version of this program.")
    static final class Version implements Runnable {

        @Spec
        private CommandSpec command = CommandSpec.create();

        @Override
        public void run() {
            CommandLine program = command.root().commandLine();
            program.printVersionHelp(program.getOut());
            program.getOut().flush();
        }
    }
}
