package org.therapost.domain.exchangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.NewsOfServers;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.sealing.MailContent;

/** Alice's and Bruno's servers: when they consent, when others are named, when Dr Bloom accepts them. */
class ClientServersTest {

    private static final MailExchangers OLD = new MailExchangers("provider.example", List.of("mx.provider.example"));
    private static final MailExchangers NEW = new MailExchangers("provider.example", List.of("mx.elsewhere.example"));

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), true);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), true);
    private boolean silent;
    private final InMemoryPolicies policies = new InMemoryPolicies();
    private Instant now = House.NOW;
    private final InMemoryExchangerPins pins = new InMemoryExchangerPins(
            clock(), note -> house.file(List.of(note), List.of()).get(0));
    private final ClientServers servers = new ClientServers(
            pins,
            KnownProviders.NONE,
            this::lookup,
            house,
            new PublishedPolicies(policies, policies, clock()),
            new NewsOfServers(house, house, clock()));

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private void publish(String id, MtaStsPolicy.Mode mode, String... patterns) {
        policies.ids.put(OLD.domain(), id);
        policies.served.put(OLD.domain(), new MtaStsPolicy(mode, List.of(patterns), Duration.ofDays(7)));
    }

    @Test
    void an_enforced_policy_says_which_exchangers_are_the_domains_whatever_names_are_pinned() throws Exception {
        pins.pins.put(alices.id(), ExchangerPin.of(NEW));
        publish("1", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example", "*.big.example");
        MailExchangers moved = new MailExchangers(
                "provider.example", List.of("a.big.example", "a.b.big.example", "big.example", "mx.evil.example"));

        assertThat(servers.of(alices.id(), OLD)).isEqualTo(new NextHop.Hosts(OLD.names()));
        assertThat(servers.of(alices.id(), moved)).isEqualTo(new NextHop.Hosts(List.of("a.big.example")));
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.AgainstPolicy());
        assertThat(accept(alices)).as("nobody overrules it").isInstanceOf(ClientServers.Acceptance.Nothing.class);
    }

    @Test
    void a_policy_makes_no_pin_where_there_is_none_for_that_domain() throws Exception {
        publish("1", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example");
        MailExchangers mixed =
                new MailExchangers("provider.example", List.of("mx.evil.example", "mx.provider.example"));

        assertThat(servers.of(alices.id(), mixed)).isInstanceOf(NextHop.Unknown.class);
        assertThat(pins.pins.get(alices.id()))
                .as("what the policy names is a candidate, and nothing else")
                .isEqualTo(ExchangerPin.NONE.seen(OLD, KnownProviders.NONE, now, Optional.empty()));

        ExchangerPin moved = ExchangerPin.of(new MailExchangers("elsewhere.example", OLD.names()));
        pins.pins.put(alices.id(), moved);
        assertThat(servers.of(alices.id(), mixed)).isInstanceOf(NextHop.Unknown.class);
        assertThat(pins.pins.get(alices.id())).isEqualTo(moved.seen(OLD, KnownProviders.NONE, now, Optional.empty()));

        pins.pins.put(brunos.id(), ExchangerPin.OF_EARLIER_CONSENT);
        assertThat(servers.of(brunos.id(), mixed)).isEqualTo(new NextHop.Hosts(OLD.names()));
        assertThat(pins.pins.get(brunos.id())).isEqualTo(ExchangerPin.of(OLD));
    }

    @Test
    void a_policy_stays_in_force_when_dns_hides_it_and_until_its_time_is_over() throws Exception {
        pins.pins.put(alices.id(), ExchangerPin.of(NEW));
        publish("1", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example");
        assertThat(servers.of(alices.id(), OLD)).isInstanceOf(NextHop.Hosts.class);
        policies.ids.clear();
        policies.served.clear();

        now = House.NOW.plus(Duration.ofDays(7)).minusMillis(1);
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.AgainstPolicy());
        now = House.NOW.plus(Duration.ofDays(7));
        assertThat(servers.of(alices.id(), NEW)).as("now the pin counts").isInstanceOf(NextHop.Unknown.class);
        assertThat(servers.of(alices.id(), OLD))
                .as("what the policy named is pinned")
                .isEqualTo(new NextHop.Hosts(OLD.names()));
    }

    @Test
    void a_changed_policy_is_fetched_when_its_id_changes_or_an_exchanger_does_not_match() throws Exception {
        pins.pins.put(alices.id(), ExchangerPin.of(OLD));
        publish("1", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example");
        servers.of(alices.id(), OLD);
        servers.of(alices.id(), OLD);
        assertThat(policies.fetches).isEqualTo(1);

        publish("2", MtaStsPolicy.Mode.ENFORCE, "mx.elsewhere.example");
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.Hosts(NEW.names()));
        publish("2", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example");
        assertThat(servers.of(alices.id(), OLD)).as("a moment ago").isEqualTo(new NextHop.AgainstPolicy());
        now = now.plus(Duration.ofMinutes(10));
        assertThat(servers.of(alices.id(), OLD)).isEqualTo(new NextHop.Hosts(OLD.names()));
        publish("3", MtaStsPolicy.Mode.NONE);
        assertThat(servers.of(alices.id(), NEW)).as("the domain took it back").isInstanceOf(NextHop.Unknown.class);
    }

    @Test
    void
            a_policy_that_is_only_tried_counts_for_nothing_and_one_that_cannot_be_fetched_is_not_asked_for_again_and_again()
                    throws Exception {
        publish("1", MtaStsPolicy.Mode.TESTING, "mx.provider.example");
        assertThat(servers.of(alices.id(), OLD)).isInstanceOf(NextHop.Unknown.class);

        policies.ids.put(OLD.domain(), "2");
        policies.served.clear();
        int before = policies.fetches;
        servers.of(alices.id(), OLD);
        servers.of(alices.id(), OLD);
        assertThat(policies.fetches).isEqualTo(before + 1);
        now = now.plus(Duration.ofMinutes(10));
        servers.of(alices.id(), OLD);
        assertThat(policies.fetches).isEqualTo(before + 2);
    }

    @Test
    void policies_are_refreshed_before_they_run_out_and_only_of_clients_domains() throws Exception {
        publish("1", MtaStsPolicy.Mode.ENFORCE, "mx.provider.example");
        consent(alices);
        servers.refreshPolicies();
        assertThat(policies.find(OLD.domain()).map(CachedPolicy::fetchedAt)).contains(now);
        now = now.plus(Duration.ofHours(23));
        servers.refreshPolicies();
        assertThat(policies.fetches).isEqualTo(1);
        now = now.plus(Duration.ofHours(1));
        servers.refreshPolicies();
        assertThat(policies.find(OLD.domain()).map(CachedPolicy::fetchedAt)).contains(now);

        pins.pins.remove(alices.id());
        servers.refreshPolicies();
        assertThat(policies.cached).isEmpty();
    }

    private Optional<MailExchangers> lookup(String domain) throws CannotTellException {
        if (silent) {
            throw new CannotTellException("no answer");
        }
        return domain.equals(OLD.domain()) ? Optional.of(OLD) : Optional.empty();
    }

    @Test
    void a_consent_pins_what_dns_names_and_nothing_is_pinned_without_an_answer() throws Exception {
        consent(alices);
        assertThat(servers.of(alices.id(), OLD)).isEqualTo(new NextHop.Hosts(OLD.names()));
        silent = true;
        assertThatThrownBy(() -> consent(brunos)).isInstanceOf(CannotTellException.class);
        assertThat(pins.pins).doesNotContainKey(brunos.id());
        pins.pins.remove(alices.id());
        assertThat(servers.of(alices.id(), OLD)).isInstanceOf(NextHop.Unknown.class);
    }

    @Test
    void earlier_consents_are_pinned_once_dns_has_answered() throws Exception {
        pins.pins.put(alices.id(), ExchangerPin.OF_EARLIER_CONSENT);
        pins.pins.put(brunos.id(), ExchangerPin.OF_EARLIER_CONSENT);
        silent = true;
        assertThat(servers.pinEarlierConsents()).isEqualTo(2);
        silent = false;
        assertThat(servers.pinEarlierConsents()).isZero();
        assertThat(pins.pins.get(alices.id())).isEqualTo(ExchangerPin.of(OLD));
        assertThat(pins.pins.get(brunos.id())).isEqualTo(ExchangerPin.NONE);
    }

    @Test
    void the_therapist_accepts_what_she_was_told_of_and_nothing_else() throws Exception {
        consent(alices);
        assertThat(accept(alices)).isEqualTo(new ClientServers.Acceptance.Nothing());

        assertThat(servers.of(alices.id(), NEW)).isInstanceOf(NextHop.Unknown.class);
        assertThat(accept(alices)).as("nobody told her of these").isEqualTo(new ClientServers.Acceptance.Untold(NEW));
        assertThat(servers.of(alices.id(), NEW)).isInstanceOf(NextHop.Unknown.class);
        assertThat(accept(alices)).isEqualTo(new ClientServers.Acceptance.Accepted(NEW));
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.Hosts(NEW.names()));
        assertThat(servers.of(alices.id(), OLD)).isInstanceOf(NextHop.Unknown.class);
    }

    @Test
    void a_note_that_could_not_be_filed_told_her_nothing() throws Exception {
        consent(alices);
        servers.of(alices.id(), NEW);
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> servers.accept(alices.id(), outcome -> {
                        assertThat(outcome).isEqualTo(new ClientServers.Acceptance.Untold(NEW));
                        throw new CannotTellException("the note cannot be written");
                    }))
                    .isInstanceOf(CannotTellException.class);
        }
        assertThat(Optional.ofNullable(pins.pins.get(alices.id())).flatMap(ExchangerPin::pinned))
                .contains(OLD);
    }

    /** DNS names Mallory's server beside the known one, whose address is dead for a while. */
    @Test
    void of_servers_beside_the_known_ones_the_therapist_hears_once_and_before_they_are_adopted() throws Exception {
        MailExchangers mixed =
                new MailExchangers("provider.example", List.of("mx.provider.example", "mx.elsewhere.example"));
        consent(alices);
        for (int hour = 0; hour < 100; hour++) {
            pins.lastMails.put(alices.id(), now.minusSeconds(1));
            assertThat(servers.of(alices.id(), mixed))
                    .as("after " + hour + " h")
                    .isEqualTo(new NextHop.Hosts(hour < 4 + 72 ? OLD.names() : mixed.names()));
            assertThat(house.notices)
                    .isEqualTo(hour < 4 ? List.of() : List.of(new CarriageNote.ServersBeside(alices, mixed)));
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.Hosts(NEW.names()));
    }

    private void consent(ClientThread thread) throws CannotTellException {
        servers.pin(thread.id(), servers.named(thread));
    }

    private ClientServers.Acceptance accept(ClientThread thread) throws CannotTellException {
        List<ClientServers.Acceptance> came = new ArrayList<>();
        servers.accept(thread.id(), outcome -> {
            came.add(outcome);
            return note();
        });
        return came.get(0);
    }

    private Filing note() {
        MailContent text = House.mail("Subject: x\n\nwords\n");
        MessageId id = new MessageId(UUID.randomUUID());
        return new Filing(
                id,
                new FilingPlace.Notice(house.bloom),
                house.seal(text, MessageReaders.ofNote(house.bloom, id, text, now)));
    }
}
