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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.Relay.Attempt;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.exchangers.NextHop;
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
    private final List<String> heard = new CopyOnWriteArrayList<>();
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
                .isEqualTo(new Attempt.Deferred("4.4.2", true));
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

    /** Answers each command by its first word; what is not named gets 250, and DATA 354. */
    private Manners manners(Map<String, String> answers, List<String> heard) {
        return connection -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = connection.getOutputStream();
            say(out, answers.getOrDefault("greeting", "220 peer"));
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split("[ :]", 2)[0];
                if (data && !line.equals(".")) {
                    continue;
                }
                heard.add(line);
                String answer = answers.getOrDefault(verb, verb.equals("DATA") ? "354 go" : "250 ok");
                if (answer.equals("close")) {
                    return;
                }
                say(out, answer);
                data = answer.startsWith("354");
            }
        };
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private Attempt meet(Map<String, String> answers, Carriage carriage) throws Exception {
        serve(manners(answers, heard));
        return relay(Duration.ofSeconds(30)).deliver(parcel("alice@mail.example", content(), carriage), () -> true);
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 554 5.7.1 no mail from there, 5.7.1",
        "greeting, 554 go away, 5.0.0",
        "greeting, 521 mail.example does not accept mail, 5.0.0",
        "greeting, 550 no, 5.0.0",
        "MAIL, 550 5.7.1 not you, 5.7.1",
        "RCPT, 550 5.1.1 nobody, 5.1.1",
        "DATA, 554 5.6.0 not that, 5.6.0",
        "., 552 5.2.2 full, 5.2.2"
    })
    void a_final_no_is_final_wherever_it_is_said(String at, String reply, String status) throws Exception {
        assertThat(meet(Map.of(at, reply), Carriage.OPENPGP)).isEqualTo(new Attempt.Refused(status));
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 421 4.3.2 later, 4.3.2, false",
        "MAIL, 451 later, 4.0.0, false",
        "RCPT, 450 4.2.1 later, 4.2.1, false",
        "RCPT, close, 4.4.2, false",
        "DATA, 451 4.7.0 later, 4.7.0, true",
        "DATA, 421 4.3.0 closing, 4.3.0, false",
        "DATA, close, 4.4.2, true",
        "., 451 4.7.1 later, 4.7.1, true",
        "., 421 4.3.0 closing, 4.3.0, false"
    })
    void what_is_put_off_at_or_after_data_is_put_off_for_its_own_sake(
            String at, String reply, String status, boolean ofItself) throws Exception {
        assertThat(meet(Map.of(at, reply), Carriage.OPENPGP)).isEqualTo(new Attempt.Deferred(status, ofItself));
    }

    @Test
    void a_greeting_that_turns_all_mail_away_is_no_final_no_while_another_exchanger_may_take_it() throws Exception {
        records.mx("two.example", 10, "first.two.example")
                .address("first.two.example", "127.0.0.1")
                .mx("two.example", 20, "dead.two.example")
                .address("dead.two.example", "127.0.0.9");
        serve(manners(Map.of("greeting", "554 no"), heard));

        assertThat(relay(Duration.ofSeconds(30)).deliver(parcel("alice@two.example", content()), () -> true))
                .as("the other exchanger may take it later")
                .isInstanceOf(Attempt.Deferred.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 TLS not available", "501 no", "close", "220 go, and no TLS"})
    void what_is_encrypted_by_itself_goes_without_tls_where_tls_is_broken_and_nothing_else_does(String starttls)
            throws Exception {
        Map<String, String> answers = Map.of("EHLO", "250-peer\r\n250 STARTTLS", "STARTTLS", starttls);

        assertThat(meet(answers, Carriage.OPENPGP)).isEqualTo(new Attempt.Delivered());
        assertThat(heard).contains("STARTTLS", ".");
        heard.clear();
        assertThat(relay(Duration.ofSeconds(30))
                        .deliver(parcel("alice@mail.example", content(), Carriage.TLS), () -> true))
                .isInstanceOf(Attempt.Deferred.class);
        assertThat(heard).noneMatch(line -> line.startsWith("MAIL"));
    }

    private SmtpRelay relay(Duration overall) throws Exception {
        return new SmtpRelay(
                new RelayParameters(
                        Optional.empty(),
                        server.getLocalPort(),
                        "mail.practice.example",
                        new RelayParameters.Patience(Duration.ofSeconds(5), Duration.ofSeconds(60), overall),
                        SSLContext.getDefault()),
                Dns.of(List.of(records.address())),
                (thread, seen) -> new NextHop.Hosts(seen.names()));
    }

    private static MailContent content() {
        return TestPeople.mail("From: k7m2qx@practice.example", "", "Hello");
    }

    private static Parcel parcel(String recipient, MailContent content) {
        return parcel(recipient, content, Carriage.OPENPGP);
    }

    private static Parcel parcel(String recipient, MailContent content, Carriage carriage) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                THREAD.id(),
                new Parcel.Route(carriage, THREAD.address(), EmailAddress.of(recipient)),
                content);
    }
}
