package org.therapost.mailets.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.mailets.TestPeople.ALICE;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;
import static org.therapost.mailets.TestPeople.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.MailReader;

/** How much work a stranger can make. */
class BoundedChecksTest {

    private static final String SERVER = "192.0.2.10";

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
    void ten_terms_that_ask_are_followed_and_eleven_are_an_error() throws Exception {
        records.txt("mail.example", spf(IntStream.range(0, 10)));
        IntStream.range(0, 11).forEach(i -> records.address("h" + i + ".mail.example", i == 9 ? SERVER : "192.0.2.99"));
        assertThat(authenticate(alice()).address()).isEqualTo(ALICE);

        records.forget("mail.example")
                .txt("mail.example", "v=spf1 " + "a:h0.mail.example ".repeat(10) + "a:h9.mail.example -all");
        assertNotAuthentic();
    }

    private static String spf(IntStream hosts) {
        return "v=spf1 " + hosts.mapToObj(i -> "a:h" + i + ".mail.example").collect(Collectors.joining(" ")) + " -all";
    }

    @Test
    void two_empty_answers_are_borne_and_the_third_is_an_error() throws Exception {
        records.address("out.mail.example", SERVER)
                .txt("mail.example", "v=spf1 a:no1.mail.example exists:no2.mail.example a:out.mail.example -all");
        assertThat(authenticate(alice()).address()).isEqualTo(ALICE);

        records.forget("mail.example")
                .txt(
                        "mail.example",
                        "v=spf1 a:no1.mail.example mx:no2.mail.example a:no3.mail.example a:out.mail.example -all");
        assertNotAuthentic();
    }

    @Test
    void exchangers_without_an_address_of_the_peers_kind_are_no_empty_answers() throws Exception {
        records.txt("mail.example", "v=spf1 mx -all").address("mx9.mail.example", SERVER);
        IntStream.range(0, 10).forEach(i -> records.mx("mail.example", i, "mx" + i + ".mail.example"));
        assertThat(authenticate(alice()).address()).isEqualTo(ALICE);

        records.mx("mail.example", 10, "mx10.mail.example");
        assertNotAuthentic();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example", "_dmarc.mail.example"})
    void a_server_that_never_answers_costs_no_more_than_the_time_of_a_check(String name) {
        records.txt("mail.example", "v=spf1 -all")
                .txt("bounce.mail.example", "v=spf1 ip4:192.0.2.10 -all")
                .silent(name);
        try (SenderChecks checks = new SenderChecks(4, 1, Duration.ofMillis(300))) {
            String sender = name.startsWith("_") ? "x@bounce.mail.example" : "alice@mail.example";
            assertThatThrownBy(() -> senders(checks).authenticate(arrived(SERVER, sender)))
                    .isInstanceOf(CannotTellException.class);
        }
    }

    @Test
    void a_chain_of_slow_names_has_one_time_in_all() {
        records.txt("mail.example", "v=spf1 mx:a.example mx:b.example mx:c.example mx:d.example -all");
        List.of("a.example", "b.example", "c.example", "d.example").forEach(records::silent);
        try (SenderChecks checks = new SenderChecks(4, 1, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> senders(checks).authenticate(alice())).isInstanceOf(CannotTellException.class);
        }
    }

    @Test
    void one_network_and_one_owner_have_a_quarter_and_the_others_are_served() throws Exception {
        try (SenderChecks checks = new SenderChecks(8, 1, Duration.ofSeconds(60))) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(2);
            List<Thread> slow = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int last = i;
                slow.add(new Thread(() -> occupy(checks, "198.51.100." + last, "slow.example", begun, release)));
            }
            slow.forEach(Thread::start);
            begun.await();

            assertThatThrownBy(() ->
                            checks.run(ip("198.51.100.77"), Set.of("other.example"), Optional.empty(), until -> 1))
                    .isInstanceOf(CannotTellException.class);
            assertThatThrownBy(
                            () -> checks.run(ip("203.0.113.1"), Set.of("slow.example"), Optional.empty(), until -> 1))
                    .isInstanceOf(CannotTellException.class);
            assertThat(checks.<Integer>run(ip("203.0.113.1"), Set.of("mail.example"), Optional.empty(), until -> 1))
                    .isEqualTo(1);

            release.countDown();
            for (Thread one : slow) {
                one.join();
            }
            assertThat(checks.<Integer>run(ip("198.51.100.77"), Set.of("slow.example"), Optional.empty(), until -> 1))
                    .isEqualTo(1);
        }
    }

    @Test
    void who_finds_no_thread_is_told_so_at_once() throws Exception {
        try (SenderChecks checks = new SenderChecks(1, 1, Duration.ofSeconds(60))) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Thread slow = new Thread(() -> occupy(checks, "198.51.100.1", "slow.example", begun, release));
            slow.start();
            begun.await();
            assertThatThrownBy(
                            () -> checks.run(ip("203.0.113.1"), Set.of("mail.example"), Optional.empty(), until -> 1))
                    .isInstanceOf(CannotTellException.class);
            release.countDown();
            slow.join();
        }
    }

    @Test
    void a_client_is_checked_while_strangers_hold_all_other_threads() throws Exception {
        try (SenderChecks checks = new SenderChecks(1, 4, Duration.ofSeconds(60))) {
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            Thread slow = new Thread(() -> occupy(checks, "203.0.113.1", "mail.example", begun, release));
            slow.start();
            begun.await();

            // From the network and the domain of the stranger, even.
            Optional<EmailAddress> alice = Optional.of(EmailAddress.of("alice@mail.example"));
            assertThat(checks.<Integer>run(ip("203.0.113.1"), Set.of("mail.example"), alice, until -> 1))
                    .isEqualTo(1);

            CountDownLatch pretending = new CountDownLatch(1);
            Thread pretender = new Thread(() -> occupyAs(checks, alice, pretending, release));
            pretender.start();
            pretending.await();
            assertThatThrownBy(() -> checks.run(ip("192.0.2.1"), Set.of("mail.example"), alice, until -> 1))
                    .as("who knows one client's mailbox fills that client's share only")
                    .isInstanceOf(CannotTellException.class);
            Optional<EmailAddress> bruno = Optional.of(EmailAddress.of("bruno@mail.example"));
            assertThat(checks.<Integer>run(ip("203.0.113.1"), Set.of("mail.example"), bruno, until -> 1))
                    .isEqualTo(1);

            release.countDown();
            slow.join();
            pretender.join();
        }
    }

    @Test
    void all_mailboxes_of_a_client_have_one_share() throws Exception {
        EmailAddress further = EmailAddress.of("alice@work.example");
        ClientMailboxes mailboxes = new ClientMailboxes(ALICE, List.of(further), EquivalentAddresses.NONE);
        ClientThread thread = new ClientThread(
                THREAD.id(),
                THREAD.address(),
                THREAD.therapist(),
                new Client(mailboxes, "Alice", Optional.empty(), false),
                THREAD.key());
        ArrivedMail fromFurther = new ArrivedMail(
                new ArrivedMail.Envelope(
                        ip(SERVER),
                        "helo.example",
                        ReversePath.of(further.value()),
                        List.of(new Destination.ToThread(thread))),
                Optional.empty(),
                mail("From: Alice <" + further.value() + ">", "Subject: x", "", "x"));
        records.txt("work.example", "v=spf1 ip4:192.0.2.10 -all");
        try (SenderChecks checks = new SenderChecks(1, 4, Duration.ofSeconds(60))) {
            assertThat(senders(checks).authenticate(fromFurther).address()).isEqualTo(further);

            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(2);
            Thread stranger = new Thread(() -> occupy(checks, "203.0.113.1", "slow.example", begun, release));
            Thread pretender = new Thread(() -> occupyAs(checks, Optional.of(ALICE), begun, release));
            stranger.start();
            pretender.start();
            begun.await();
            assertThatThrownBy(() -> senders(checks).authenticate(fromFurther)).isInstanceOf(CannotTellException.class);
            release.countDown();
            stranger.join();
            pretender.join();
        }
    }

    private static void occupy(
            SenderChecks checks, String peer, String owner, CountDownLatch begun, CountDownLatch release) {
        occupy(checks, peer, owner, Optional.empty(), begun, release);
    }

    private static void occupyAs(
            SenderChecks checks, Optional<EmailAddress> client, CountDownLatch begun, CountDownLatch release) {
        occupy(checks, "192.0.2.1", "mail.example", client, begun, release);
    }

    private static void occupy(
            SenderChecks checks,
            String peer,
            String owner,
            Optional<EmailAddress> client,
            CountDownLatch begun,
            CountDownLatch release) {
        try {
            checks.run(ip(peer), Set.of(owner), client, until -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                return 1;
            });
        } catch (RefusedException | CannotTellException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void the_envelopes_domain_is_checked_where_its_local_part_is_none_for_us() throws Exception {
        records.txt("mail.example", "v=spf1 ip4:192.0.2.10 -all");
        ArrivedMail odd = new ArrivedMail(
                new ArrivedMail.Envelope(ip(SERVER), "unrelated.example", ReversePath.of("a..b.@mail.example"), to()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                alice().content());
        assertThat(authenticate(odd).address()).isEqualTo(ALICE);
    }

    private AuthenticSender authenticate(ArrivedMail mail) throws RefusedException, CannotTellException {
        return TestSenders.of(records).authenticate(mail);
    }

    private DmarcSenders senders(SenderChecks checks) {
        return new DmarcSenders(
                Dns.of(List.of(records.address())),
                new MailReader(),
                TrustedNetworks.NONE,
                TestSenders.SUFFIXES,
                Clock.systemUTC(),
                checks);
    }

    private void assertNotAuthentic() {
        assertThatThrownBy(() -> authenticate(alice()))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.NOT_AUTHENTIC));
    }

    private static ArrivedMail alice() {
        return arrived(SERVER, "alice@mail.example");
    }

    private static ArrivedMail arrived(String peer, String sender) {
        return new ArrivedMail(
                new ArrivedMail.Envelope(ip(peer), "helo.example", ReversePath.of(sender), to()),
                Optional.empty(),
                mail("From: Alice <alice@mail.example>", "Subject: x", "", "x"));
    }

    private static List<Destination> to() {
        return List.of(new Destination.ToThread(THREAD));
    }
}
