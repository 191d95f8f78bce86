package org.therapost.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.therapost.storage.generated.DefaultSchema;
import org.therapost.storage.postgres.ClusterAccess;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.EmbeddedCluster;

/** A migrated database on a real PostgreSQL, one cluster for all tests of the JVM, emptied on request. */
public final class TestDatabase {

    private static final class Holder {
        static final Database SHARED = start();

        private static Database start() {
            try {
                Path folder = Files.createTempDirectory("therapost-storage-test");
                EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("binaries"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, folder)));
                ClusterOwner.execute(
                        folder.resolve("cluster"),
                        cluster.port(),
                        "grant set on parameter session_replication_role to " + ClusterAccess.ROLE);
                return Database.connect(cluster.parameters(20));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private static void stop(EmbeddedCluster cluster, Path folder) {
            try {
                cluster.close();
                try (var all = Files.walk(folder)) {
                    all.sorted(java.util.Comparator.reverseOrder())
                            .forEach(path -> path.toFile().delete());
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private TestDatabase() {}

    /** The shared database, as earlier tests left it. */
    public static Database shared() {
        return Holder.SHARED;
    }

    /** The shared database with all tables empty. */
    public static Database emptied() {
        Database database = Holder.SHARED;
        // Not truncated: that makes every file of every table and index anew, which costs more than most tests.
        String deletes = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .map(table -> "delete from " + table.getName())
                .collect(Collectors.joining("; "));
        database.sql().transaction(transaction -> {
            // Tests may, what nobody else may: no trigger speaks in this transaction, neither ours nor a foreign key's.
            transaction.dsl().execute("set local session_replication_role = replica");
            transaction.dsl().execute(deletes);
        });
        return database;
    }
}
