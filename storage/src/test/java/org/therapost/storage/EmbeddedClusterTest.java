package org.therapost.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    private static String durability(EmbeddedCluster cluster) {
        try (Database database = Database.connect(cluster.settings(2))) {
            return String.valueOf(database.sql()
                    .fetchValue("select current_setting('fsync') || ' ' || current_setting('synchronous_commit')"
                            + " || ' ' || current_setting('full_page_writes')"));
        }
    }
}
