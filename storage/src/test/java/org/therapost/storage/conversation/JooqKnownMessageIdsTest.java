package org.therapost.storage.conversation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.identifiers.KnownMessageIdsContract;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;

class JooqKnownMessageIdsTest extends KnownMessageIdsContract {

    private static final byte[] OCTETS = {1, 2, 3};
    private static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(OCTETS), OCTETS);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
    private final JooqThreads threads = new JooqThreads(database, serverKey, arrivals -> {});
    private final Therapist bloom = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate(OCTETS));
    private final ClientThread alices = thread("alice@provider.example", "k7m2qx@practice.example");
    private final ClientThread brunos = thread("bruno@elsewhere.example", "b8n3ry@practice.example");

    @BeforeEach
    void enrol() throws Exception {
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        register.add(alices, 42L, new SealedKey(7L, OCTETS), SUBKEY);
        register.add(brunos, 43L, new SealedKey(7L, OCTETS), SUBKEY);
    }

    private ClientThread thread(String client, String address) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of(address),
                bloom,
                new Client(EmailAddress.of(client), client, Optional.empty(), true),
                new Certificate(OCTETS));
    }

    @Override
    protected KnownMessageIds port() {
        return new JooqKnownMessageIds(database, serverKey);
    }

    @Override
    protected MessageIdOwners messageHolders() {
        return new JooqKnownMessageIds(database, serverKey);
    }

    @Override
    protected ClientThread alices() {
        return alices;
    }

    @Override
    protected ClientThread brunos() {
        return brunos;
    }

    @Override
    protected void file(Filing filing) throws Exception {
        threads.file(List.of(filing), List.of());
    }

    @Override
    protected void post(Parcel parcel) throws Exception {
        threads.file(List.of(), List.of(parcel));
    }

    @Override
    protected void release(Parcel parcel) throws Exception {
        threads.release(parcel);
    }
}
