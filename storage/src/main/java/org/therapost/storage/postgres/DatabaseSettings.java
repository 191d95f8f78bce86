package org.therapost.storage.postgres;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * Which PostgreSQL.
 *
 * @param url JDBC URL of a server; empty for the embedded one, which has a user and password of its own
 * @param connections size of the connection pool
 * @param patience how long to wait for an answer of the database before a connection to it is given up
 */
public record DatabaseSettings(Optional<String> url, String user, String password, int connections, Duration patience) {

    private static final String JDBC = "jdbc:postgresql:";

    public static final Setting<Optional<String>> URL = Setting.of(
                    "database.url",
                    "",
                    ValueKind.of("a URL that begins with " + JDBC, DatabaseSettings::jdbc)
                            .orNothing(),
                    """
                    A PostgreSQL server, 15 or newer: jdbc:postgresql://host:5432/therapost. Empty: an embedded one in \
                    the data folder. fsync and synchronous_commit must be on there: "accepted" means durable.
                    """)
            .secret(url -> url.contains("password"));

    public static final Setting<String> USER = Setting.of("database.user", "therapost", ValueKind.text());

    public static final Setting<String> PASSWORD =
            Setting.of("database.password", "", ValueKind.text()).secret();

    public static final Setting<Integer> CONNECTIONS =
            Setting.of("database.connections", "10", ValueKind.number(2, 100_000), """
                Connections to it at the same time.
                """);

    public static final Setting<Duration> PATIENCE =
            Setting.of("database.patience", "60 s", ValueKind.time(Duration.ofSeconds(5), Duration.ofHours(1)), """
                How long to wait for an answer of the database. After that the server answers mail with 451 and gives up \
                the connection, and PostgreSQL rolls back what was begun over it. No single statement may take longer, \
                except when a new version migrates the database.
                """);

    /** The section "Database". */
    public static final SettingsSection<DatabaseSettings> SECTION = SettingsSection.of(
            DatabaseSettings.class,
            "Database",
            values -> new DatabaseSettings(
                    values.get(URL),
                    values.get(USER),
                    values.get(PASSWORD),
                    values.get(CONNECTIONS),
                    values.get(PATIENCE)),
            URL,
            USER,
            PASSWORD,
            CONNECTIONS,
            PATIENCE);

    /** How to connect to the server that the URL names; empty for the embedded one. */
    public Optional<ConnectionParameters> connection() {
        return url.map(server -> new ConnectionParameters(server, user, password, connections, patience));
    }

    private static String jdbc(String text) {
        if (!text.startsWith(JDBC)) {
            throw new IllegalArgumentException("no PostgreSQL URL");
        }
        return text;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[connections=" + connections + "]";
    }
}
