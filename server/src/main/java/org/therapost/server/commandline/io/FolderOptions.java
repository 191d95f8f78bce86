package org.therapost.server.commandline.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationException;
import org.therapost.server.folder.DataFolderSettings;
import picocli.CommandLine.Option;

/** Where the data and the configuration are: options that every command has. */
public final class FolderOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder (default: key data.folder of the configuration, ./data).")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description = "Folder with therapost.properties (default: config beside the program).")
    private @Nullable Path config;

    /** The configuration with the options' last word. */
    public Configuration configuration() throws CommandFailure {
        try {
            Path folder = configurationFolder();
            if (config != null && !Files.isDirectory(config)) {
                throw new CommandFailure(CommandFailure.BAD_INPUT, "no such folder: " + config);
            }
            Configuration configuration = Configuration.load(folder, System.getenv());
            return data == null
                    ? configuration
                    : configuration.with(DataFolderSettings.DATA_FOLDER, data.toString(), "option --data");
        } catch (ConfigurationException wrong) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, wrong.problems());
        }
    }

    /** The server that runs there. */
    public RunningServer server() throws CommandFailure {
        return new RunningServer(
                configuration().part(DataFolderSettings.SECTION).root());
    }

    /** Where the configuration is looked for. */
    public Path configurationFolder() {
        return Optional.ofNullable(config).orElseGet(FolderOptions::shipped);
    }

    private static Path shipped() {
        return Path.of(System.getProperty("therapost.home", ".")).resolve("config");
    }
}
