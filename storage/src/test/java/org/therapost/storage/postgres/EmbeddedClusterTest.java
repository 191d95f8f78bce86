package org.therapost.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

    @Test
    void a_process_number_that_belongs_to_another_program_by_now_keeps_no_cluster_from_starting(@TempDir Path folder)
            throws Exception {
        Path cluster = folder.resolve("cluster");
        Path binaries = folder.resolve("binaries");
        EmbeddedCluster.start(cluster, binaries).close();
        long somebodyElse = ProcessHandle.current().pid();
        Files.writeString(cluster.resolve("postmaster.pid"), somebodyElse + "\n" + cluster + "\n0\n5432\n");
        try (EmbeddedCluster again = EmbeddedCluster.start(cluster, binaries)) {
            assertThat(durability(again)).isEqualTo("on on on");
        }
    }

    @Test
    void a_postgresql_that_was_killed_is_started_again_on_its_port_with_all_that_was_committed(@TempDir Path folder)
            throws Exception {
        Path cluster = folder.resolve("cluster");
        try (EmbeddedCluster running = EmbeddedCluster.start(cluster, folder.resolve("binaries"));
                Database database = Database.connect(running.parameters(2))) {
            for (int round = 1; round <= 3; round++) {
                String domain = "practice" + round + ".example";
                database.sql().execute("insert into mail_domain values (?)", domain);
                long postmaster = postmaster(cluster);
                ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> postmaster(cluster) != postmaster
                                && database.sql().fetchCount(DSL.table("mail_domain")) > 0);
                assertThat(database.sql().fetchCount(DSL.table("mail_domain"))).isEqualTo(round);
            }
        }
        assertThat(cluster.resolve("postmaster.pid")).as("closed for good").doesNotExist();
    }

    private static long postmaster(Path cluster) throws Exception {
        return Long.parseLong(
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip());
    }

    private static String durability(EmbeddedCluster cluster) {
        try (Database database = Database.connect(cluster.parameters(2))) {
            return String.valueOf(database.sql()
                    .fetchValue("select current_setting('fsync') || ' ' || current_setting('synchronous_commit')"
                            + " || ' ' || current_setting('full_page_writes')"));
        }
    }
}
