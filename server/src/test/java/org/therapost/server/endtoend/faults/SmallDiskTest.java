package org.therapost.server.endtoend.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.ServerProcess;

/**
 * A real disk that is full: the data folder is a small file system of its own, in a name space of its own, for which
 * nobody needs to be root.
 */
@Tag("integration")
@Tag("peers")
@Timeout(900)
class SmallDiskTest {

    private static final Logger LOG = LoggerFactory.getLogger(SmallDiskTest.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void while_the_disk_is_full_it_is_451_and_not_ready_and_with_room_again_all_goes_on(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("fault.seed", System.nanoTime());
        LOG.warn("seed {} (again with -Dfault.seed={})", seed, seed);
        Random random = new Random(seed);
        // Alice's provider has an exchanger that nobody finds.
        try (TestDns dns = TestDns.start().mx("provider.example", 10, OutsideServer.HOST);
                ServerProcess server = new ServerProcess(
                        folder,
                        Map.of(
                                "inbound.trusted-networks",
                                "127.0.0.1",
                                "health.disk-minimum",
                                "24 MiB",
                                "dns.servers",
                                "127.0.0.1:" + dns.address().getPort()))) {
            Files.createDirectories(server.data());
            server.startUnder(List.of(
                    "unshare",
                    "-rm",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o size=400m tmpfs \"$0\" && exec \"$@\"",
                    server.data().toString()));
            TwoWayLoad load = new TwoWayLoad(TwoWayLoad.enrol(server.administrator()), seed);
            Path ballast = server.dataInside().resolve("ballast");
            try (TwoWayLoad.Writers writers = load.write(server)) {
                for (int round = 1; round <= 2; round++) {
                    load.awaitMore(10 + random.nextInt(20));
                    fill(ballast);
                    int before = load.turnedAway();
                    await().atMost(PATIENCE)
                            .until(() -> server.administrator().troubles().contains("disk"));
                    await().atMost(PATIENCE).until(() -> load.turnedAway() > before);
                    LOG.info("round {}: full: {}", round, load);
                    Files.delete(ballast);
                    await().atMost(PATIENCE).until(() -> server.administrator().ready());
                }
                load.awaitMore(20);
                LOG.info("at last: {}, {}", load, writers);
            }
            load.checkFolders(server);
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[MEBIBYTE];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int length = block.length; length > 0; length /= 16) {
                writeUntilFull(out, block, length);
            }
        }
    }

    private static void writeUntilFull(OutputStream out, byte[] block, int length) {
        try {
            while (true) {
                out.write(block, 0, length);
            }
        } catch (IOException full) {
            LOG.info("no more {} octets", length);
        }
    }
}
