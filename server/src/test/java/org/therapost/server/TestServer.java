package org.therapost.server;

import com.google.inject.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.limits.LoginSettings;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.DatabaseSettings;

/** Servers within the test's own process. */
public final class TestServer {

    private TestServer() {}

    /** Defaults, but for a data folder and any free ports. */
    public static Configuration configuration(Path data) throws Exception {
        Configuration free = Configuration.defaults()
                .with(
                        DataFolderSettings.DATA_FOLDER,
                        CheapPasswords.in(data.resolve("data")).toString())
                .with(SenderSettings.TRUSTED_NETWORKS, "127.0.0.0/8")
                // Scripts guess at passwords on purpose; what holds guesses back has tests of its own.
                .with(LoginSettings.FAILURES, "1000")
                .onFreePorts();
        return free;
    }

    /** The assembled server but for some bindings. */
    public static TherapostServer start(Path data, Module instead) throws Exception {
        return TherapostServer.start(configuration(data), line -> {}, instead);
    }

    /** One more server process' worth of server on the database of another, with the same keys. */
    public static TherapostServer beside(TherapostServer first, Path firstData, Path data) throws Exception {
        return TherapostServer.start(onDatabaseOf(first, firstData, data, configuration(data)), line -> {});
    }

    /** Settings of one more server on the database of another, with the same keys. */
    static Configuration onDatabaseOf(TherapostServer first, Path firstData, Path data, Configuration settings)
            throws Exception {
        Path keys = Path.of("data", "keys", "spool.key");
        Files.createDirectories(data.resolve(keys).getParent());
        Files.copy(firstData.resolve(keys), data.resolve(keys), StandardCopyOption.COPY_ATTRIBUTES);
        ConnectionParameters database = first.part(Database.class).parameters();
        return settings.with(DatabaseSettings.URL, database.url())
                .with(DatabaseSettings.USER, database.user())
                .with(DatabaseSettings.PASSWORD, database.password());
    }
}
