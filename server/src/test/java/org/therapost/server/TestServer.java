package org.therapost.server;

import com.google.inject.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationKey;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.ConnectionParameters;

/** Servers within the test's own process. */
public final class TestServer {

    private TestServer() {}

    /** Defaults, but for a data folder and any free ports. */
    public static Configuration configuration(Path data) throws Exception {
        Configuration free = Configuration.defaults()
                .with(ConfigurationKey.DATA_FOLDER, data.resolve("data").toString())
                .with(ConfigurationKey.INBOUND_TRUSTED_NETWORKS, "127.0.0.0/8")
                // Scripts guess at passwords on purpose; what holds guesses back has tests of its own.
                .with(ConfigurationKey.LOGIN_FAILURES, "1000");
        for (ConfigurationKey key : ConfigurationKey.values()) {
            if (key.key().endsWith(".port") && key != ConfigurationKey.RELAY_PORT) {
                free = free.with(key, "0");
            }
        }
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
        return settings.with(ConfigurationKey.DATABASE_URL, database.url())
                .with(ConfigurationKey.DATABASE_USER, database.user())
                .with(ConfigurationKey.DATABASE_PASSWORD, database.password());
    }
}
