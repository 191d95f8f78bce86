package org.therapost.server.endtoend.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** Strangers whose name servers take their time, beside people who work. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SlowStrangersTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final String ALICES_SERVER = "127.9.9.9";
    private static final int STRANGERS = 48;
    private static final int NETWORKS = 4;

    private TestDns dns;
    private ServerProcess server;
    private String thread = "";

    @BeforeEach
    void a_thread(@TempDir Path folder) throws Exception {
        dns = TestDns.start().txt("provider.example", "v=spf1 ip4:" + ALICES_SERVER + " -all");
        for (int i = 0; i < NETWORKS; i++) {
            String slow = "slow" + i + ".example";
            String record = IntStream.range(0, 10)
                    .mapToObj(host -> "mx:h" + host + "." + slow)
                    .collect(Collectors.joining(" "));
            dns.txt(slow, "v=spf1 " + record + " -all").slow(slow, Duration.ofMillis(1500));
            for (int host = 0; host < 10; host++) {
                for (int exchanger = 0; exchanger < 10; exchanger++) {
                    String name = "mx" + exchanger + ".h" + host + "." + slow;
                    dns.mx("h" + host + "." + slow, exchanger, name).address(name, "192.0.2.99");
                }
            }
        }
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of("dns.servers", "127.0.0.1:" + dns.address().getPort()));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
    }

    @AfterEach
    void all_servers_stop() throws Exception {
        server.close();
        dns.close();
    }

    @Test
    void forty_eight_slow_senders_hold_up_neither_a_client_nor_a_therapist() throws Exception {
        List<RawSmtp> strangers = new ArrayList<>();
        for (int i = 0; i < STRANGERS; i++) {
            int network = i % NETWORKS;
            RawSmtp stranger = from("127." + (network + 1) + ".0." + (i + 1));
            stranger.expect("250", "EHLO stranger.example")
                    .expect("250", "MAIL FROM:<m@slow" + network + ".example>")
                    .expect("250", "RCPT TO:<" + thread + ">")
                    .expect("354", "DATA");
            stranger.send(("From: m@slow" + network + ".example\r\nSubject: x\r\n\r\nx\r\n.\r\n").getBytes(US_ASCII));
            strangers.add(stranger);
        }

        try (RawSmtp alice = from(ALICES_SERVER).expect("250", "EHLO provider.example")) {
            assertThat(alice.mail(
                            ALICE,
                            thread,
                            "From: Alice <" + ALICE + ">\r\nTo: " + thread + "\r\nSubject: Monday\r\n\r\nI slept.\r\n"))
                    .startsWith("250 ");
        }
        try (RawSmtp bloom = server.submissions().expect("250", "EHLO mail-program.example")) {
            assertThat(bloom.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
            assertThat(bloom.mail(
                            DR_BLOOM,
                            thread,
                            "From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: Re: Monday\r\n\r\nGood.\r\n"))
                    .startsWith("250 ");
        }
        int waiting = 0;
        for (RawSmtp stranger : strangers) {
            waiting += stranger.hasMore() ? 0 : 1;
        }
        assertThat(waiting).as("strangers that are still being checked").isGreaterThan(STRANGERS / 2);

        for (RawSmtp stranger : strangers) {
            // RFC 7208 section 4.6.4: 20 s in all, then "temperror".
            assertThat(stranger.reply()).startsWith("451 ");
            stranger.close();
        }
    }

    private RawSmtp from(String address) throws Exception {
        return RawSmtp.connect(
                new Socket(InetAddress.getLoopbackAddress(), server.port("smtp"), InetAddress.getByName(address), 0));
    }
}
