package org.therapost.storage.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.clientkeys.ClientKey;
import org.therapost.domain.clientkeys.ClientKey.State;
import org.therapost.domain.clientkeys.ClientKeys;
import org.therapost.domain.clientkeys.ClientKeysContract;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.ThreadSummary;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;

class JooqClientKeysTest extends ClientKeysContract {

    private static final byte[] OCTETS = {1, 2, 3};
    private static final Certificate LAPTOP = new Certificate("alice's laptop".getBytes(UTF_8));
    private static final Certificate PHONE = new Certificate("alice's phone".getBytes(UTF_8));

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
    private final JooqDirectory directory = new JooqDirectory(database, serverKey, EquivalentAddresses.read(List.of()));
    private final JooqClientKeys keys = new JooqClientKeys(database, serverKey, arrivals -> {});
    private final Therapist bloom = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate(OCTETS));
    private final ClientThread alices = thread("alice@provider.example", "k7m2qx@practice.example");
    private final ClientThread brunos = thread("bruno@provider.example", "b8n3ry@practice.example");

    @BeforeEach
    void enrol() throws Exception {
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        SigningSubkey subkey = new SigningSubkey(new Certificate(OCTETS), OCTETS);
        register.add(alices, 42L, new SealedKey(7L, OCTETS), subkey);
        register.add(brunos, 43L, new SealedKey(7L, OCTETS), subkey);
    }

    private ClientThread thread(String client, String address) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of(address),
                bloom,
                new Client(EmailAddress.of(client), client, Optional.empty(), true),
                new Certificate(OCTETS));
    }

    @ParameterizedTest
    @CsvSource({
        // in use for how long, compared, waiting for how long, status, way without and with a consent
        ", false, , NONE, WAIT, TLS",
        ", false, PT99H, PENDING, WAIT, TLS",
        "PT99H, false, , NOT_COMPARED, OPENPGP, OPENPGP",
        "PT99H, true, , COMPARED, OPENPGP, OPENPGP",
        "PT99H, true, PT23H59M, CHANGED, OPENPGP, OPENPGP",
        "PT99H, true, PT24H, HELD_BACK, WAIT, WAIT",
    })
    void who_carries_an_answer_reads_the_key_in_use_and_after_a_day_beside_another_none(
            Duration used, boolean compared, Duration waiting, ClientKeyStatus status, Carriage without, Carriage with)
            throws Exception {
        keys.change(alices.id(), (before, now) -> {
            State inUse = new State.InUse(Optional.of(now).filter(some -> compared));
            return new ClientKeys.Change(
                    java.util.stream.Stream.concat(
                                    Optional.ofNullable(used)
                                            .map(time -> key(LAPTOP, now, Optional.of(now.minus(time)), inUse))
                                            .stream(),
                                    Optional.ofNullable(waiting)
                                            .map(time -> key(
                                                    PHONE, now, Optional.empty(), new State.Pending(now.minus(time))))
                                            .stream())
                            .toList(),
                    List.of());
        });

        assertThat(summary().key()).isEqualTo(status);
        assertThat(summary().carriage()).isEqualTo(without);
        register.setTlsConsent(alices.id(), true);
        assertThat(summary().carriage()).isEqualTo(with);

        Client client = directory.thread(alices.id()).client();
        assertThat(client.keyStatus()).isEqualTo(status);
        assertThat(client.certificate()).isEqualTo(Optional.of(LAPTOP).filter(some -> with == Carriage.OPENPGP));
        assertThat(client.tlsConsent()).isEqualTo(status != ClientKeyStatus.HELD_BACK);
        assertThat(directory.thread(brunos.id()).client().keyStatus()).isEqualTo(ClientKeyStatus.NONE);
    }

    @Test
    void a_consent_ends_with_the_last_key_and_a_later_one_counts_while_no_key_waits() throws Exception {
        register.setTlsConsent(alices.id(), true);
        register.setTlsConsent(brunos.id(), true);
        Instant noon = Instant.parse("2026-01-29T12:00:00Z");
        ClientKey laptop = key(LAPTOP, noon, Optional.of(noon), new State.InUse(Optional.of(noon)));
        ClientKey phone = key(PHONE, noon, Optional.empty(), new State.Pending(noon));
        become(laptop);
        become(laptop, phone);
        assertThat(summary().carriage()).isEqualTo(Carriage.WAIT);

        ClientKey gone =
                new ClientKey(laptop.id(), LAPTOP, KeySource.MAIL, noon, Optional.of(noon), new State.Retired());
        become(gone);

        assertThat(summary().carriage()).isEqualTo(Carriage.WAIT);
        assertThat(directory.thread(alices.id()).client().tlsConsent()).isFalse();
        assertThat(directory.thread(brunos.id()).client().tlsConsent()).isTrue();
        register.setTlsConsent(alices.id(), true);
        assertThat(summary().carriage()).isEqualTo(Carriage.TLS);
        become(gone, phone);
        assertThat(summary().key()).isEqualTo(ClientKeyStatus.HELD_BACK);
        assertThat(summary().carriage()).isEqualTo(Carriage.WAIT);
        assertThat(directory.thread(alices.id()).client().tlsConsent()).isFalse();
        become(gone);
        assertThat(directory.thread(alices.id()).client().tlsConsent()).isTrue();
    }

    private void become(ClientKey... next) throws Exception {
        keys.change(alices.id(), (before, now) -> new ClientKeys.Change(List.of(next), List.of()));
    }

    @Test
    void whose_key_it_is_does_not_stand_in_the_database() throws Exception {
        keys.change(
                alices.id(),
                (before, now) -> new ClientKeys.Change(
                        List.of(
                                key(LAPTOP, now, Optional.of(now), new State.InUse(Optional.empty())),
                                key(PHONE, now, Optional.empty(), new State.Refused())),
                        List.of()));

        String rows = database.sql().fetch("select k::text from client_key k").formatCSV();

        assertThat(rows).contains("in-use", "refused").doesNotContainIgnoringCase("alice");
        assertThat(rows).doesNotContain(HexFormat.of().formatHex("alice".getBytes(UTF_8)));
    }

    @Test
    void a_key_that_waits_is_not_made_the_one_in_use_by_whoever_writes_to_the_database() throws Exception {
        keys.change(
                alices.id(),
                (before, now) -> new ClientKeys.Change(
                        List.of(key(PHONE, now, Optional.empty(), new State.Pending(now))), List.of()));

        database.sql()
                .execute("update client_key set state = 'in-use', pending_since = null, used_at = clock_timestamp()");

        assertThatThrownBy(() -> directory.thread(alices.id())).isInstanceOf(CannotTellException.class);
        assertThatThrownBy(() -> keys.find(alices.id())).isInstanceOf(CannotTellException.class);
        assertThat(directory.thread(brunos.id()).client().certificate()).isEmpty();
    }

    @Test
    void one_client_s_key_is_not_used_for_another() throws Exception {
        keys.change(
                alices.id(),
                (before, now) -> new ClientKeys.Change(
                        List.of(key(PHONE, now, Optional.of(now), new State.InUse(Optional.empty()))), List.of()));

        database.sql()
                .execute("update client_key set thread_id = {0}", brunos.id().value());

        assertThatThrownBy(() -> directory.thread(brunos.id())).isInstanceOf(CannotTellException.class);
    }

    private ThreadSummary summary() throws Exception {
        return register.threads().stream()
                .filter(one -> one.id().equals(alices.id()))
                .findFirst()
                .orElseThrow();
    }

    private static ClientKey key(Certificate certificate, Instant now, Optional<Instant> used, State state) {
        return new ClientKey(UUID.randomUUID(), certificate, KeySource.MAIL, now, used, state);
    }

    @Override
    protected ClientKeys keys() {
        return keys;
    }

    @Override
    protected ThreadId alices() {
        return alices.id();
    }

    @Override
    protected ThreadId brunos() {
        return brunos.id();
    }

    @Override
    protected Filing note(MessageId name) {
        return new Filing(
                name, new FilingPlace.Notice(bloom), new SealedMessage(OCTETS, OCTETS, OCTETS, new byte[0], 10, 20));
    }
}
