package org.therapost.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What only the owner of a running cluster's files may do: be its superuser, by a rule of their own for a moment. */
final class ClusterOwner {

    private ClusterOwner() {}

    static void execute(Path cluster, int port, String statement) throws IOException {
        Path rules = cluster.resolve("pg_hba.conf");
        String before = Files.readString(rules);
        Files.writeString(rules, "host postgres postgres 127.0.0.1/32 trust\n", StandardOpenOption.APPEND);
        try {
            reload(cluster);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> executed(port, statement));
        } finally {
            Files.writeString(rules, before);
            reload(cluster);
        }
    }

    private static boolean executed(int port, String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
            return true;
        }
    }

    private static void reload(Path cluster) throws IOException {
        String postmaster =
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
        // Built into every shell.
        Process kill = new ProcessBuilder("sh", "-c", "kill -HUP " + postmaster)
                .inheritIO()
                .start();
        kill.onExit().join();
    }
}
