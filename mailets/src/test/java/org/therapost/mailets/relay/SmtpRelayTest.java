package org.therapost.mailets.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.TestPeople.THREAD;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.carriage.Relay.Attempt;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.exchangers.NextHop;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.TestDns;

class SmtpRelayTest {

    private static final Relay.LastLook OURS = () -> true;
    private static final NextHop.Decision ALL_KNOWN = (thread, seen) -> new NextHop.Hosts(seen.names());

    private TestDns records;

    @BeforeEach
    void start() throws Exception {
        records = TestDns.start();
    }

    @AfterEach
    void stop() {
        records.close();
    }

    @Test
    void a_parcel_arrives_octet_for_octet_at_the_mail_exchanger() throws Exception {
        GreenMail provider = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        provider.start();
        try {
            records.mx("mail.example", 10, "dead.mail.example")
                    .address("dead.mail.example", "127.0.0.2")
                    .mx("mail.example", 20, "mx.mail.example")
                    .address("mx.mail.example", "127.0.0.1");
            MailContent content = TestPeople.mail("From: k7m2qx@practice.example", "", ".", "..two", "Grüße", "");

            Attempt attempt = relay(provider.getSmtp().getPort()).deliver(parcel(Carriage.OPENPGP, content), OURS);

            assertThat(attempt).isEqualTo(new Attempt.Delivered());
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            provider.getReceivedMessages()[0].getRawInputStream().transferTo(body);
            assertThat(body.toString(StandardCharsets.UTF_8).stripTrailing()).isEqualTo(".\r\n..two\r\nGrüße");
        } finally {
            provider.stop();
        }
    }

    @Test
    void what_nobody_may_answer_leaves_with_the_null_sender(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.address("mail.example", "127.0.0.1");
            Parcel written = parcel(Carriage.OPENPGP, content());
            Parcel notice = new Parcel(
                    written.id(),
                    written.thread(),
                    new Parcel.Route(written.carriage(), Optional.empty(), written.recipient()),
                    written.content());

            assertThat(relay(peer.port()).deliver(notice, OURS)).isEqualTo(new Attempt.Delivered());
            assertThat(peer.sender()).startsWith("MAIL FROM:<>");
        }
    }

    @Test
    void a_parcel_for_tls_never_leaves_in_clear() throws Exception {
        GreenMail provider = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        provider.start();
        try {
            records.address("mail.example", "127.0.0.1");

            assertThat(relay(provider.getSmtp().getPort()).deliver(parcel(Carriage.TLS, content()), OURS))
                    .isEqualTo(new Attempt.Deferred("4.7.5"));
            assertThat(provider.getReceivedMessages()).isEmpty();
        } finally {
            provider.stop();
        }
    }

    @Test
    void tls_is_verified_by_the_name_of_the_mail_exchanger(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.mx("mail.example", 10, "mx.mail.example")
                    .address("mx.mail.example", "127.0.0.1")
                    .mx("other.example", 10, "mx.other.example")
                    .address("mx.other.example", "127.0.0.1");

            assertThat(relay(peer.port(), peer.trust()).deliver(parcel(Carriage.TLS, content()), OURS))
                    .isEqualTo(new Attempt.Delivered());
            assertThat(peer.received()).contains("Hello");
            peer.forget();
            assertThat(relay(peer.port(), peer.trust())
                            .deliver(parcel(Carriage.TLS, content(), "alice@other.example"), OURS))
                    .as("another name")
                    .isEqualTo(new Attempt.Deferred("4.7.5"));
            assertThat(relay(peer.port()).deliver(parcel(Carriage.TLS, content()), OURS))
                    .as("an issuer that is not trusted")
                    .isEqualTo(new Attempt.Deferred("4.7.5"));
            assertThat(peer.received()).doesNotContain("Hello");
            assertThat(relay(peer.port()).deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .as("what is encrypted by itself needs no verified name")
                    .isEqualTo(new Attempt.Delivered());
        }
    }

    /** The attack: DNS answers with another name, whose certificate is valid. */
    @Test
    void an_exchanger_that_is_not_known_gets_nothing_however_valid_its_certificate_is(@TempDir Path folder)
            throws Exception {
        try (TlsPeer evil = TlsPeer.start(folder, "mx.evil.example")) {
            records.mx("mail.example", 10, "mx.evil.example").address("mx.evil.example", "127.0.0.1");
            NewExchangers others =
                    NewExchangers.first(new MailExchangers("mail.example", List.of("mx.evil.example")), Instant.EPOCH);
            NextHop.Decision pinned = (thread, seen) -> {
                assertThat(thread).isEqualTo(THREAD.id());
                assertThat(seen).isEqualTo(others.exchangers());
                return new NextHop.Unknown(others);
            };
            SmtpRelay relay = relay(evil, pinned);

            assertThat(relay.deliver(parcel(Carriage.TLS, content()), OURS)).isEqualTo(new Attempt.NewServers(others));
            assertThat(evil.received()).isEmpty();
            assertThat(evil.sender()).isEmpty();
            assertThat(relay.deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .as("what is encrypted by itself needs no known server")
                    .isEqualTo(new Attempt.Delivered());
        }
    }

    @Test
    void beside_a_known_exchanger_the_others_are_not_even_asked(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.evil.example")) {
            records.mx("mail.example", 10, "mx.evil.example")
                    .address("mx.evil.example", "127.0.0.1")
                    .mx("mail.example", 20, "mx.mail.example");
            NextHop.Decision pinned = (thread, seen) -> new NextHop.Hosts(List.of("mx.mail.example"));

            assertThat(relay(peer, pinned).deliver(parcel(Carriage.TLS, content()), OURS))
                    .isEqualTo(new Attempt.Deferred("4.4.4"));
            assertThat(peer.sender()).isEmpty();
        }
    }

    private SmtpRelay relay(TlsPeer peer, NextHop.Decision decision) throws Exception {
        return new SmtpRelay(
                settings(peer.port(), peer.trust(), Optional.empty()), Dns.of(List.of(records.address())), decision);
    }

    @Test
    void who_cannot_tell_whether_an_exchanger_is_known_sends_nothing() throws Exception {
        records.address("mail.example", "127.0.0.1");
        NextHop.Decision away = (thread, seen) -> {
            throw new CannotTellException("away");
        };

        assertThat(new SmtpRelay(
                                settings(1, SSLContext.getDefault(), Optional.empty()),
                                Dns.of(List.of(records.address())),
                                away)
                        .deliver(parcel(Carriage.TLS, content()), OURS))
                .isEqualTo(new Attempt.Deferred("4.3.0"));
    }

    @Test
    void the_other_servers_no_is_final_and_its_later_is_not(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.address("mail.example", "127.0.0.1");
            SmtpRelay relay = relay(peer.port());

            peer.answerRcpt("550 5.1.1 no alice here");
            assertThat(relay.deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .isEqualTo(new Attempt.Refused("5.1.1"));
            peer.answerRcpt("450 4.2.0 greylisted");
            assertThat(relay.deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .isEqualTo(new Attempt.Deferred("4.2.0"));
            peer.answerRcpt("550 plainly no");
            assertThat(relay.deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .isEqualTo(new Attempt.Refused("5.0.0"));
        }
    }

    @Test
    void a_mailbox_beyond_ascii_is_reached_by_smtputf8_or_not_at_all(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.mx("mail.example", 10, "mx.mail.example").address("mx.mail.example", "127.0.0.1");
            Parcel parcel = parcel(Carriage.TLS, content(), "müller@mail.example");

            assertThat(relay(peer.port(), peer.trust()).deliver(parcel, OURS))
                    .as("an exchanger that does not announce it")
                    .isEqualTo(new Attempt.Refused("5.6.7"));
            assertThat(peer.recipient()).isEmpty();
            peer.announceSmtpUtf8();
            assertThat(relay(peer.port(), peer.trust()).deliver(parcel, OURS)).isEqualTo(new Attempt.Delivered());
            assertThat(peer.recipient()).isEqualTo("RCPT TO:<müller@mail.example>");
            assertThat(peer.sender()).endsWith(" SMTPUTF8");
            assertThat(relay(peer.port(), peer.trust()).deliver(parcel(Carriage.TLS, content()), OURS))
                    .isEqualTo(new Attempt.Delivered());
            assertThat(peer.sender()).as("who needs no SMTPUTF8").doesNotContain("SMTPUTF8");
        }
    }

    @Test
    void what_may_have_arrived_is_not_handed_to_a_second_host(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.mx("mail.example", 10, "mx.mail.example")
                    .address("mx.mail.example", "127.0.0.1")
                    .mx("mail.example", 20, "second.mail.example")
                    .address("second.mail.example", "127.0.0.1");
            peer.silentAtTheEnd();

            assertThat(relay(peer.port()).deliver(parcel(Carriage.OPENPGP, content()), OURS))
                    .isEqualTo(new Attempt.Unclear("4.4.2"));
            assertThat(peer.received()).containsOnlyOnce("Hello");
        }
    }

    @Test
    void a_parcel_that_is_another_attempts_by_now_is_not_ended_by_a_dot(@TempDir Path folder) throws Exception {
        try (TlsPeer peer = TlsPeer.start(folder, "mx.mail.example")) {
            records.mx("mail.example", 10, "mx.mail.example")
                    .address("mx.mail.example", "127.0.0.1")
                    .mx("mail.example", 20, "second.mail.example")
                    .address("second.mail.example", "127.0.0.1");
            AtomicInteger asked = new AtomicInteger();
            Relay.LastLook taken = () -> asked.incrementAndGet() < 0;
            Relay.LastLook away = () -> {
                throw new CannotTellException("away");
            };

            assertThat(relay(peer.port()).deliver(parcel(Carriage.OPENPGP, content()), taken))
                    .isEqualTo(new Attempt.Deferred("4.4.2"));
            assertThat(asked).hasValue(1);
            assertThat(relay(peer.port()).deliver(parcel(Carriage.OPENPGP, content()), away))
                    .isEqualTo(new Attempt.Deferred("4.4.2"));
            assertThat(peer.received()).doesNotContain("Hello");
        }
    }

    @Test
    void dns_decides_between_never_and_later() throws Exception {
        records.mx("null.example", 0, ".").failing("away.example");
        SmtpRelay relay = relay(1);

        assertThat(relay.deliver(parcel(Carriage.OPENPGP, content(), "a@null.example"), OURS))
                .isEqualTo(new Attempt.Refused("5.1.10"));
        assertThat(relay.deliver(parcel(Carriage.OPENPGP, content(), "a@nowhere.example"), OURS))
                .isEqualTo(new Attempt.Refused("5.1.2"));
        assertThat(relay.deliver(parcel(Carriage.OPENPGP, content(), "a@away.example"), OURS))
                .isEqualTo(new Attempt.Deferred("4.4.3"));
    }

    @Test
    void an_unreachable_smarthost_is_tried_again_later() throws Exception {
        RelayParameters settings = settings(25, SSLContext.getDefault(), Optional.of(new HostAndPort("127.0.0.1", 1)));

        assertThat(new SmtpRelay(settings, Dns.of(List.of(records.address())), ALL_KNOWN)
                        .deliver(parcel(Carriage.TLS, content()), OURS))
                .isEqualTo(new Attempt.Deferred("4.4.1"));
    }

    private SmtpRelay relay(int port) throws Exception {
        return relay(port, SSLContext.getDefault());
    }

    private SmtpRelay relay(int port, SSLContext trust) {
        return new SmtpRelay(settings(port, trust, Optional.empty()), Dns.of(List.of(records.address())), ALL_KNOWN);
    }

    private static RelayParameters settings(int port, SSLContext trust, Optional<HostAndPort> smarthost) {
        return new RelayParameters(
                smarthost,
                port,
                "mail.practice.example",
                new RelayParameters.Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(5)),
                trust);
    }

    private static MailContent content() {
        return TestPeople.mail("From: k7m2qx@practice.example", "", "Hello");
    }

    private static Parcel parcel(Carriage carriage, MailContent content) {
        return parcel(carriage, content, "alice@mail.example");
    }

    private static Parcel parcel(Carriage carriage, MailContent content, String recipient) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                THREAD.id(),
                new Parcel.Route(carriage, THREAD.address(), EmailAddress.of(recipient)),
                content);
    }
}
