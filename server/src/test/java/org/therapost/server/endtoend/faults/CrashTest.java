package org.therapost.server.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * {@code kill -9} of the server while mail arrives and answers leave. What was answered with 250 is there exactly once, and
 * arrives outside; what was not answered is handed over again, and is there once as well.
 *
 * <p>{@code -Dcrash.rounds=50} makes a long run of it, {@code -Dcrash.seed} the same one again.
 */
@Tag("integration")
class CrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int ATTEMPTS_AT_A_TIME = 8;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void every_mail_is_there_exactly_once_after_kill_9(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        LOG.warn("seed of the crashes: {} (again with -Dcrash.seed={})", seed, seed);
        Random random = new Random(seed);
        try (TestDns dns = TestDns.start().address(OutsideServer.HOST, "127.0.0.1");
                OutsideServer outside = new OutsideServer(folder.resolve("outside"));
                ServerProcess server = new ServerProcess(folder.resolve("therapost"), settings(dns, outside))) {
            server.start();
            TwoWayLoad load = new TwoWayLoad(TwoWayLoad.enrol(server.administrator()), seed);
            for (int crash = 1; crash <= ROUNDS; crash++) {
                try (TwoWayLoad.Writers writers = load.write(server)) {
                    load.awaitMore(5 + random.nextInt(60));
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
                    server.kill();
                    LOG.info("crash {}: {}, {}", crash, load, writers);
                }
                server.start();
            }
            try (TwoWayLoad.Writers writers = load.write(server)) {
                load.awaitMore(20);
                LOG.info("at last: {}, {}", load, writers);
            }
            load.checkFolders(server);
            load.checkOutside(server, outside, ROUNDS * ATTEMPTS_AT_A_TIME);
            assertThat(server.stop()).isZero();
        }
    }

    private static Map<String, String> settings(TestDns dns, OutsideServer outside) {
        return Map.of(
                "inbound.trusted-networks",
                "127.0.0.1",
                "dns.servers",
                "127.0.0.1:" + dns.address().getPort(),
                "relay.smarthost",
                OutsideServer.HOST,
                "relay.port",
                String.valueOf(outside.port()),
                "relay.trust-certificates",
                outside.certificate().toString());
    }
}
