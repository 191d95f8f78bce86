package org.therapost.mailets.https;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.MtaStsPolicy;
import org.therapost.mailets.TestCertificate;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.TestDns;

/** A real HTTPS server, and what is taken from it. */
class MtaStsSourceTest {

    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: mx.provider.example\nmax_age: 86400\n";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private TestDns records;
    private HttpsServer web;
    private TestCertificate certificate;
    private int status = 200;
    private String type = "text/plain; charset=us-ascii";
    private byte[] body = POLICY.getBytes(US_ASCII);
    private Duration pause = Duration.ZERO;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        records = TestDns.start().address("mta-sts.provider.example", "127.0.0.1");
        serve(TestCertificate.of(folder, "mta-sts.provider.example"));
    }

    private void serve(TestCertificate shown) throws Exception {
        certificate = shown;
        web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        web.setHttpsConfigurator(new HttpsConfigurator(certificate.identity()));
        web.createContext("/", this::answer);
        web.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        for (byte octet : body) {
            exchange.getResponseBody().write(octet);
            if (!pause.isZero()) {
                exchange.getResponseBody().flush();
                rest();
            }
        }
        exchange.close();
    }

    private void rest() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        web.stop(0);
        records.close();
    }

    private MtaStsSource source() throws Exception {
        return new MtaStsSource(
                Dns.of(List.of(records.address())),
                certificate.trust(),
                web.getAddress().getPort(),
                InetAddress::isLoopbackAddress);
    }

    private void refused() {
        assertThatThrownBy(() -> source().fetch("provider.example")).isInstanceOf(CannotTellException.class);
    }

    @Test
    void a_policy_is_fetched_under_the_name_that_the_rfc_gives_it() throws Exception {
        MtaStsPolicy policy = source().fetch("provider.example");

        assertThat(policy.mode()).isEqualTo(MtaStsPolicy.Mode.ENFORCE);
        assertThat(policy.patterns()).containsExactly("mx.provider.example");
        assertThat(asked)
                .containsExactly("mta-sts.provider.example:" + web.getAddress().getPort() + "/.well-known/mta-sts.txt");
    }

    @Test
    void a_certificate_of_another_name_or_of_a_stranger_is_no_proof() throws Exception {
        records.address("mta-sts.other.example", "127.0.0.1");
        assertThatThrownBy(() -> source().fetch("other.example")).isInstanceOf(CannotTellException.class);
        assertThatThrownBy(() -> new MtaStsSource(
                                Dns.of(List.of(records.address())),
                                javax.net.ssl.SSLContext.getDefault(),
                                web.getAddress().getPort(),
                                InetAddress::isLoopbackAddress)
                        .fetch("provider.example"))
                .isInstanceOf(CannotTellException.class);
        assertThat(asked).isEmpty();
    }

    /** Who falsifies DNS may have a certificate for an address of their own, of an authority that everybody trusts. */
    @Test
    void a_trusted_certificate_of_the_address_is_no_proof_of_the_name(@TempDir Path folder) throws Exception {
        web.stop(0);
        serve(TestCertificate.ofAddress(folder, "127.0.0.1"));

        refused();
        assertThat(asked).isEmpty();
    }

    @Test
    void an_address_inside_is_not_even_asked() throws Exception {
        assertThatThrownBy(() -> new MtaStsSource(
                                Dns.of(List.of(records.address())),
                                certificate.trust(),
                                web.getAddress().getPort(),
                                PublicAddresses::contain)
                        .fetch("provider.example"))
                .isInstanceOf(CannotTellException.class);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 404, 500})
    void what_is_no_200_is_none_and_nothing_is_followed(int answered) {
        status = answered;
        body = answered == 204 ? new byte[0] : body;
        refused();
        assertThat(asked).hasSize(1);
    }

    @Test
    void another_type_no_policy_and_too_much_of_it_are_none() {
        type = "text/html";
        refused();
        type = "text/plainer";
        refused();
        type = "text/plain";
        body = "hello".getBytes(US_ASCII);
        refused();
        body = (POLICY + "#".repeat(MtaStsPolicy.LONGEST)).getBytes(US_ASCII);
        refused();
    }

    @Test
    void a_server_that_takes_its_time_for_every_octet_gets_ten_seconds_in_all() {
        pause = Duration.ofMillis(500);
        long begun = System.nanoTime();
        refused();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
    }

    @Test
    void the_record_in_dns_names_one_id_or_none() throws Exception {
        records.txt("_mta-sts.a.example", "v=STSv1; id=20160831085700Z;")
                .txt("_mta-sts.b.example", "v=STSv1;id=1")
                .txt("_mta-sts.b.example", "something else")
                .txt("_mta-sts.two.example", "v=STSv1; id=1;")
                .txt("_mta-sts.two.example", "v=STSv1; id=2;")
                .txt("_mta-sts.wrong.example", "v=STSv1; id=a-b;")
                .txt("_mta-sts.later.example", " v=STSv1; id=1;")
                .failing("_mta-sts.away.example");

        assertThat(source().id("a.example")).contains("20160831085700Z");
        assertThat(source().id("b.example")).contains("1");
        assertThat(source().id("two.example")).isEmpty();
        assertThat(source().id("wrong.example")).isEmpty();
        assertThat(source().id("later.example")).isEmpty();
        assertThat(source().id("none.example")).isEmpty();
        assertThatThrownBy(() -> source().id("away.example")).isInstanceOf(CannotTellException.class);
    }
}
