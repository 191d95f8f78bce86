package org.therapost.domain.exchangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.House;

/** Alice's and Bruno's servers: when they consent, when others are named, when Dr Bloom accepts them. */
class ClientServersTest {

    private static final MailExchangers OLD = new MailExchangers("provider.example", List.of("mx.provider.example"));
    private static final MailExchangers NEW = new MailExchangers("provider.example", List.of("mx.elsewhere.example"));

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), true);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), true);
    private final InMemoryExchangerPins pins = house.sessions.pins;
    private boolean silent;
    private final ClientServers servers = new ClientServers(pins, KnownProviders.NONE, this::lookup, house);

    private Optional<MailExchangers> lookup(String domain) throws CannotTellException {
        if (silent) {
            throw new CannotTellException("no answer");
        }
        return domain.equals(OLD.domain()) ? Optional.of(OLD) : Optional.empty();
    }

    @Test
    void a_consent_pins_what_dns_names_and_nothing_is_pinned_without_an_answer() throws Exception {
        servers.pin(alices);
        assertThat(servers.of(alices.id(), OLD)).isEqualTo(new NextHop.Hosts(OLD.names()));
        silent = true;
        assertThatThrownBy(() -> servers.pin(brunos)).isInstanceOf(CannotTellException.class);
        assertThat(pins.pins).doesNotContainKey(brunos.id());
        servers.forget(alices.id());
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
        servers.pin(alices);
        assertThat(servers.accept(alices.id())).isEqualTo(new ClientServers.Acceptance.Nothing());

        assertThat(servers.of(alices.id(), NEW)).isInstanceOf(NextHop.Unknown.class);
        assertThat(servers.accept(alices.id()))
                .as("nobody told her of these")
                .isEqualTo(new ClientServers.Acceptance.Untold(NEW));
        assertThat(servers.of(alices.id(), NEW)).isInstanceOf(NextHop.Unknown.class);
        assertThat(servers.accept(alices.id())).isEqualTo(new ClientServers.Acceptance.Accepted(NEW));
        assertThat(servers.of(alices.id(), NEW)).isEqualTo(new NextHop.Hosts(NEW.names()));
        assertThat(servers.of(alices.id(), OLD)).isInstanceOf(NextHop.Unknown.class);
    }
}
