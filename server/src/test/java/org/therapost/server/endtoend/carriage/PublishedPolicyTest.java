package org.therapost.server.endtoend.carriage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.exchangers.PolicySource;
import org.therapost.mailets.TestCertificate;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsSettings;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.https.MtaStsSource;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;

/** A client whose domain publishes a policy (RFC 8461): real SMTP and HTTPS servers on loopback. */
@Tag("integration")
@Timeout(300)
class PublishedPolicyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String NEW_HOST = "new.provider.example";
    private static final String EVIL = "mx.evil.example";

    private TestDns dns;
    private HttpsServer web;
    private OutsideServer provider;
    private OutsideServer moved;
    private OutsideServer mallory;
    private TherapostServer server;
    private volatile String policy = "";

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "mta-sts.alice.example");
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        web.setHttpsConfigurator(new HttpsConfigurator(certificate.identity()));
        web.createContext("/.well-known/mta-sts.txt", this::answer);
        web.start();
        provider = new OutsideServer(folder.resolve("provider"));
        moved = another(folder, NEW_HOST, "127.0.0.5");
        mallory = another(folder, EVIL, "127.0.0.66");
        dns = TestDns.start()
                .address("mta-sts.alice.example", "127.0.0.1")
                .address(OutsideServer.HOST, "127.0.0.1")
                .address(NEW_HOST, "127.0.0.5")
                .address(EVIL, "127.0.0.66")
                .mx("alice.example", 10, OutsideServer.HOST);
        Path authorities = folder.resolve("authorities.pem");
        Files.writeString(
                authorities,
                Files.readString(provider.certificate())
                        + Files.readString(moved.certificate())
                        + Files.readString(mallory.certificate()));
        int port = web.getAddress().getPort();
        server = TherapostServer.start(
                TestServer.configuration(folder)
                        .with(DnsSettings.SERVERS, "127.0.0.1:" + dns.address().getPort())
                        .with(RelaySettings.PORT, String.valueOf(provider.port()))
                        .with(RelaySettings.TRUST_CERTIFICATES, authorities.toString()),
                line -> {},
                new AbstractModule() {
                    @Provides
                    PolicySource policySource(Dns questions) throws Exception {
                        return new MtaStsSource(questions, certificate.trust(), port, InetAddress::isLoopbackAddress);
                    }
                });
    }

    private OutsideServer another(Path folder, String host, String address) throws Exception {
        return new OutsideServer(
                folder.resolve(host), host, new InetSocketAddress(InetAddress.getByName(address), provider.port()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = policy.getBytes(US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        mallory.close();
        moved.close();
        provider.close();
        web.stop(0);
        dns.close();
    }

    @Test
    void the_policy_names_the_servers_and_goes_on_doing_so_when_dns_hides_it() throws Exception {
        publish(
                "1",
                "version: STSv1\nmode: enforce\nmx: mx.provider.example\nmx: *.provider.example\nmax_age: 604800\n");
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        String thread = enrolment
                .addClient(DR_BLOOM, "alice@alice.example", "Alice")
                .address()
                .value();
        enrolment.consent(thread, true);
        answer(thread, "alice-first");
        await().atMost(PATIENCE).until(() -> arrivedAt(provider, "alice-first"));

        dns.forget("_mta-sts.alice.example");
        policy = "";
        names(EVIL);
        answer(thread, "alice-secret");
        awaitDeferred();
        assertThat(mallory.taken()).isEmpty();
        assertThat(mallory.senders()).isEmpty();

        names(NEW_HOST);
        server.part(Database.class).sql().execute("update mail_queue set not_before = clock_timestamp()");
        await().atMost(PATIENCE).until(() -> arrivedAt(moved, "alice-secret"));
        assertThat(mallory.taken()).isEmpty();
    }

    private void publish(String id, String text) {
        dns.txt("_mta-sts.alice.example", "v=STSv1; id=" + id + ";");
        policy = text;
    }

    private void names(String exchanger) throws Exception {
        dns.forget("alice.example").mx("alice.example", 10, exchanger);
        Thread.sleep(1_500);
    }

    private void answer(String thread, String word) throws Exception {
        try (RawSmtp smtp = RawSmtp.connect(
                        Tls.connect(server.addresses().submissions().getPort()))
                .expect("250", "EHLO mail-program.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            String mail = "From: " + DR_BLOOM + "\r\nTo: " + thread + "\r\nSubject: Hello\r\nMessage-ID: <" + word
                    + "@practice.example>\r\n\r\n" + word + "\r\n";
            assertThat(smtp.mail(DR_BLOOM, thread, mail.getBytes(US_ASCII))).startsWith("250 ");
        }
    }

    private void awaitDeferred() {
        await().atMost(PATIENCE)
                .until(() -> server.part(Database.class)
                                .sql()
                                .fetchCount(
                                        org.jooq.impl.DSL.table("mail_queue"),
                                        org.jooq.impl.DSL.condition(
                                                "deferred_at is not null and server_waited_at is null"))
                        == 1);
    }

    private static boolean arrivedAt(OutsideServer outside, String word) {
        return outside.taken().stream().anyMatch(mail -> mail.contains(word));
    }
}
