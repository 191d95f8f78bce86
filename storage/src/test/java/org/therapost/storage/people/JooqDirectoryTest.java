package org.therapost.storage.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
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
import org.therapost.storage.enrolment.JooqClientMailboxRegister;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;

/** A client is found by each mailbox, in each spelling of it. */
class JooqDirectoryTest {

    private static final byte[] OCTETS = {1, 2, 3};
    private static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(OCTETS), OCTETS);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
    private final JooqDirectory directory = new JooqDirectory(
            database,
            serverKey,
            EquivalentAddresses.read(List.of("gmail.example googlemail.example ignores dots, +tag")));
    private final Therapist bloom = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate(OCTETS));
    private final ClientThread ines = thread("ines@provider.example", "k7m2qx@practice.example");

    @BeforeEach
    void ines_has_a_mailbox_at_gmail_too() throws Exception {
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        register.add(ines, 42L, new SealedKey(7L, OCTETS), SUBKEY);
        new JooqClientMailboxRegister(database, serverKey).add(ines.id(), EmailAddress.of("ines.b@gmail.example"));
    }

    @Test
    void a_client_whose_row_was_changed_keeps_nobody_else_from_being_found() throws Exception {
        ClientThread other = thread("inesb@googlemail.example", "b8n3ry@practice.example");
        register.add(other, 43L, new SealedKey(7L, OCTETS), SUBKEY);
        database.sql()
                .update(THREAD)
                .set(THREAD.CLIENT_ADDRESS_SEALED, OCTETS)
                .where(THREAD.ID.eq(other.id().value()))
                .execute();

        assertThat(directory.threadsOf(bloom).readable())
                .extracting(ClientThread::id)
                .containsExactly(ines.id());
        assertThat(directory.threadsOf(bloom).changed()).containsExactly(other.id());
        assertThat(directory.threadsWith(EmailAddress.of("ines.b@gmail.example"), bloom.address()))
                .extracting(ClientThread::id)
                .containsExactly(ines.id());
        assertThat(directory.isOfSomebodyEnrolled(EmailAddress.of("i.nesb@gmail.example")))
                .isTrue();
        assertThat(directory.isOfSomebodyEnrolled(EmailAddress.of("nobody@gmail.example")))
                .isFalse();
        assertThatThrownBy(() -> directory.threadsWith(EmailAddress.of("inesb@googlemail.example"), bloom.address()))
                .as("the one that is meant")
                .isInstanceOf(CannotTellException.class);
        assertThat(database.sql().fetchCount(WRONG_ROW)).as("it is told").isEqualTo(1);
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
    @ValueSource(
            strings = {
                "ines@provider.example",
                "INES@provider.example",
                "ines.b@gmail.example",
                "inesb@gmail.example",
                "i.n.e.s.b+therapy@googlemail.example"
            })
    void each_mailbox_in_each_spelling_names_the_thread_and_is_somebody_enrolled(String mailbox) throws Exception {
        EmailAddress address = EmailAddress.of(mailbox);
        assertThat(directory.threadsWith(address, bloom.address()))
                .extracting(ClientThread::id)
                .containsExactly(ines.id());
        assertThat(directory.isOfSomebodyEnrolled(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"i.nes@provider.example", "ines@gmail.example", "inesb@elsewhere.example"})
    void another_mailbox_names_nobody(String mailbox) throws Exception {
        EmailAddress address = EmailAddress.of(mailbox);
        assertThat(directory.threadsWith(address, bloom.address())).isEmpty();
        assertThat(directory.isOfSomebodyEnrolled(address)).isFalse();
    }

    @Test
    void a_mailbox_that_two_threads_have_in_two_spellings_names_both() throws Exception {
        ClientThread other = thread("inesb@googlemail.example", "b8n3ry@practice.example");
        register.add(other, 43L, new SealedKey(7L, OCTETS), SUBKEY);

        for (String spelling : List.of("inesb@googlemail.example", "ines.b@gmail.example", "i.nesb@gmail.example")) {
            assertThat(directory.threadsWith(EmailAddress.of(spelling), bloom.address()))
                    .as(spelling)
                    .extracting(ClientThread::id)
                    .containsExactlyInAnyOrder(ines.id(), other.id());
        }
    }
}
