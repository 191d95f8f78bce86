package org.therapost.mailets.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.TestPeople.THREAD;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.Relay.Attempt;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.TestDns;

/** Mail exchangers that never come to an end. */
@Timeout(120)
class StubbornPeerTest {

    private static final int LARGE = 32 * 1024 * 1024;

    private TestDns records;
    private ServerSocket server;
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        records = TestDns.start().address("mail.example", "127.0.0.1");
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        over.countDown();
        server.close();
        records.close();
    }

    private interface Manners {
        void converse(Socket connection) throws IOException, InterruptedException;
    }

    private void serve(Manners manners) {
        Thread doorman = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    Thread host = new Thread(() -> {
                        try (connection) {
                            manners.converse(connection);
                        } catch (IOException | InterruptedException gone) {
                            // The relay has left, which is what is asked of it.
                            return;
                        }
                    });
                    host.setDaemon(true);
                    host.start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        doorman.setDaemon(true);
        doorman.start();
    }

    private void drip(Socket connection) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        while (over.getCount() > 0) {
            out.write("220-welcome\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(50);
        }
    }

    private void takeNothing(Socket connection) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII), 64);
        OutputStream out = connection.getOutputStream();
        out.write("220 peer\r\n".getBytes(StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean data = line.equals("DATA");
            out.write((data ? "354 go\r\n" : "250 ok\r\n").getBytes(StandardCharsets.US_ASCII));
            if (data) {
                over.await();
            }
        }
    }

    @Test
    void who_spins_out_an_answer_is_left_at_the_deadline() throws Exception {
        serve(this::drip);

        assertThat(relay(Duration.ofSeconds(1)).deliver(parcel("alice@mail.example", content()), () -> true))
                .isEqualTo(new Attempt.Deferred("4.4.2"));
    }

    @Test
    void who_takes_nothing_off_us_is_left_at_the_deadline() throws Exception {
        serve(this::takeNothing);

        assertThat(relay(Duration.ofSeconds(3))
                        .deliver(parcel("alice@mail.example", MailContent.of(new byte[LARGE])), () -> true))
                .isEqualTo(new Attempt.Deferred("4.4.2"));
    }

    @Test
    void a_provider_that_hangs_does_not_take_all_attempts() throws Exception {
        serve(this::drip);
        SmtpRelay relay = relay(Duration.ofSeconds(20));
        List<CompletableFuture<Attempt>> hanging = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hanging.add(CompletableFuture.supplyAsync(
                    () -> relay.deliver(parcel("alice@mail.example", content()), () -> true),
                    Executors.newCachedThreadPool()));
        }

        assertThat(CompletableFuture.anyOf(hanging.toArray(CompletableFuture[]::new))
                        .get())
                .as("the fifth")
                .isEqualTo(new Attempt.Deferred("4.4.5"));
        assertThat(relay.deliver(parcel("alice@nowhere.example", content()), () -> true))
                .as("another domain's turn")
                .isEqualTo(new Attempt.Refused("5.1.2"));
        over.countDown();
        server.close();
        hanging.forEach(CompletableFuture::join);
    }

    private SmtpRelay relay(Duration overall) throws Exception {
        return new SmtpRelay(
                new RelaySettings(
                        Optional.empty(),
                        server.getLocalPort(),
                        "mail.practice.example",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        overall,
                        SSLContext.getDefault()),
                Dns.of(List.of(records.address())));
    }

    private static MailContent content() {
        return TestPeople.mail("From: k7m2qx@practice.example", "", "Hello");
    }

    private static Parcel parcel(String recipient, MailContent content) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                THREAD.id(),
                Carriage.OPENPGP,
                THREAD.address(),
                EmailAddress.of(recipient),
                content);
    }
}
