package org.therapost.storage.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.people.JooqDirectory;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrival;

class JooqThreadsTest {

    private static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    private static final EmailAddress ALICE = EmailAddress.of("alice@provider.example");
    private static final byte[] OCTETS = {1, 2, 3};
    private static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(OCTETS), OCTETS);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final List<FolderArrival> heard = new ArrayList<>();
    private final JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
    private final JooqDirectory directory = new JooqDirectory(database, serverKey, EquivalentAddresses.NONE);
    private final JooqThreads threads = new JooqThreads(database, serverKey, arrivals -> {
        synchronized (heard) {
            heard.addAll(arrivals);
        }
    });
    private ClientThread thread = aThread(aTherapist(DR_BLOOM), ALICE, "k7m2qx@practice.example");

    @BeforeEach
    void enrol() throws Exception {
        Therapist bloom = aTherapist(DR_BLOOM);
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        thread = aThread(bloom, ALICE, "k7m2qx@practice.example");
        register.add(thread, 42L, new SealedKey(7L, OCTETS), SUBKEY);
    }

    @Test
    void a_threads_address_leads_to_the_thread_as_it_was_enrolled() throws Exception {
        assertThat(directory.resolve(EmailAddress.of("K7M2QX@Practice.Example")))
                .isInstanceOfSatisfying(Destination.ToThread.class, to -> {
                    assertThat(to.thread().id()).isEqualTo(thread.id());
                    assertThat(to.thread().therapist().id())
                            .isEqualTo(thread.therapist().id());
                    assertThat(to.thread().client().address()).isEqualTo(ALICE);
                    assertThat(to.thread().client().name()).isEqualTo("Alice");
                    assertThat(to.thread().therapist().address()).isEqualTo(DR_BLOOM);
                    assertThat(to.thread().key()).isEqualTo(thread.key());
                });
    }

    @Test
    void a_thread_is_found_by_the_clients_mailbox_for_its_therapist_only() throws Exception {
        assertThat(directory.threadsWith(EmailAddress.of("ALICE@provider.example"), DR_BLOOM))
                .singleElement()
                .satisfies(found -> assertThat(found.id()).isEqualTo(thread.id()));
        assertThat(directory.threadsWith(ALICE, EmailAddress.of("other@practice.example")))
                .isEmpty();
        assertThat(directory.threadsWith(EmailAddress.of("mallory@evil.example"), DR_BLOOM))
                .isEmpty();
    }

    @Test
    void a_clients_message_appears_in_the_inbox_and_in_the_clients_folder() throws Exception {
        FiledMessage filed = threads.file(List.of(fromAlice()), List.of()).get(0);

        assertThat(heard).extracting(FolderArrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
        assertThat(heard).allSatisfy(folderArrival -> {
            assertThat(folderArrival.uid()).isEqualTo(1);
            assertThat(folderArrival.messageId()).isEqualTo(filed.id().value());
            assertThat(folderArrival.internalDate()).isEqualTo(filed.acceptedAt());
        });
        assertThat(database.sql().fetchCount(MESSAGE)).isEqualTo(1);
        assertThat(database.sql().fetchCount(MAILBOX_MESSAGE)).isEqualTo(2);
    }

    @Test
    void ten_messages_in_a_row_appear_with_rising_numbers() throws Exception {
        for (int uid = 1; uid <= 10; uid++) {
            assertThat(threads.fileUntimed(List.of(fromAlice()))).isPresent();
            assertThat(heard).extracting(FolderArrival::uid).containsOnly((long) uid);
            heard.clear();
        }
    }

    @Test
    void a_clients_folder_that_the_therapist_deleted_is_made_again() throws Exception {
        database.sql()
                .deleteFrom(MAILBOX)
                .where(MAILBOX.ID.eq(org.jooq.impl.DSL.select(THREAD.MAILBOX_ID).from(THREAD)))
                .execute();

        threads.file(List.of(fromAlice()), List.of());

        assertThat(heard).extracting(FolderArrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
        threads.file(List.of(fromAlice()), List.of());
        assertThat(heard).extracting(FolderArrival::uid).containsExactlyInAnyOrder(1L, 1L, 2L, 2L);
    }

    @Test
    void filing_and_posting_are_one_transaction() {
        Parcel parcel = aParcel(new ThreadId(UUID.randomUUID()));

        assertThatThrownBy(() -> threads.file(List.of(fromAlice()), List.of(parcel)))
                .isInstanceOf(org.therapost.domain.answers.CannotTellException.class);

        assertThat(database.sql().fetchCount(MESSAGE)).isZero();
        assertThat(database.sql().fetchCount(MAIL_QUEUE)).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void a_parcel_is_put_off_and_the_therapist_told_in_one_transaction_or_neither() throws Exception {
        Parcel parcel = aParcel(thread.id());
        threads.file(List.of(), List.of(parcel));
        ParcelLease hold = new ParcelLease(parcel.id(), UUID.randomUUID());
        database.sql().update(MAIL_QUEUE).set(MAIL_QUEUE.LEASE, hold.right()).execute();
        Outbox outbox = new JooqOutbox(database, serverKey, heard::addAll);
        Filing twice = notice();
        Deferral late = new Deferral(Duration.ofHours(1), Deferral.Cause.SERVER, false, true);

        assertThatThrownBy(() -> outbox.putOff(hold, late, List.of(twice, twice)))
                .as("a message that is there already, as a crash leaves it half done")
                .isInstanceOf(IllegalStateException.class);
        assertThat(database.sql().fetchCount(MESSAGE)).isZero();
        assertThat(database.sql().fetchCount(MAIL_QUEUE, MAIL_QUEUE.TOLD_AT.isNull()))
                .isEqualTo(1);
        assertThat(heard).isEmpty();

        assertThat(outbox.putOff(hold, late, List.of(notice()))).isTrue();
        assertThat(database.sql().fetchCount(MAIL_QUEUE, MAIL_QUEUE.TOLD_AT.isNotNull()))
                .isEqualTo(1);
        assertThat(heard).extracting(FolderArrival::mailboxName).containsExactly("INBOX");
        assertThat(outbox.putOff(hold, late, List.of(notice())))
                .as("the attempt has ended")
                .isFalse();
        assertThat(outbox.giveUp(hold, List.of(notice()))).isFalse();
        assertThat(database.sql().fetchCount(MESSAGE)).isEqualTo(1);
    }

    @Test
    void a_message_of_a_name_that_is_in_the_record_is_not_filed_again_and_nothing_is_posted_with_it() throws Exception {
        Filing alices = fromAlice();
        List<FiledMessage> first =
                threads.fileUntimed(List.of(alices, fromAlice())).orElseThrow();
        heard.clear();

        assertThat(threads.fileUntimed(List.of(fromAlice(), alices))).contains(List.of(first.get(0)));
        assertThat(threads.file(List.of(alices), List.of(aParcel(thread.id())))).containsExactly(first.get(0));

        assertThat(database.sql().fetchCount(MESSAGE)).isEqualTo(2);
        assertThat(database.sql().fetchCount(MAIL_QUEUE)).isZero();
        assertThat(heard).isEmpty();
        assertThat(threads.filed(List.of(first.get(1).id(), new MessageId(UUID.randomUUID()), alices.id())))
                .containsExactly(first.get(1), first.get(0));
    }

    private Filing notice() {
        return new Filing(new MessageId(UUID.randomUUID()), new FilingPlace.Notice(thread.therapist()), aMessage());
    }

    @Test
    void many_messages_at_once_get_uids_without_gaps() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Callable<List<FiledMessage>>> work = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            work.add(() -> threads.file(List.of(fromAlice()), List.of()));
        }
        for (Future<List<FiledMessage>> done : pool.invokeAll(work)) {
            done.get();
        }
        pool.shutdown();

        assertThat(heard.stream()
                        .filter(folderArrival -> folderArrival.mailboxName().equals("INBOX"))
                        .map(FolderArrival::uid)
                        .sorted())
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void one_client_is_enrolled_once_with_a_therapist() {
        assertThatThrownBy(() -> register.add(
                        aThread(
                                thread.therapist(),
                                EmailAddress.of("ALICE@provider.example"),
                                "other@practice.example"),
                        43L,
                        new SealedKey(7L, OCTETS),
                        SUBKEY))
                .isInstanceOf(EnrolmentException.class);
        assertThat(database.sql().fetchCount(THREAD)).isEqualTo(1);
    }

    @Test
    void two_clients_of_one_name_get_two_folders() throws Exception {
        ClientThread second =
                aThread(thread.therapist(), EmailAddress.of("alice@elsewhere.example"), "other@practice.example");
        register.add(second, 43L, new SealedKey(7L, OCTETS), SUBKEY);

        threads.file(
                List.of(new Filing(
                        new MessageId(UUID.randomUUID()), new FilingPlace.FromTherapist(second), aMessage())),
                List.of());

        assertThat(heard).extracting(FolderArrival::mailboxName).containsExactly("Clients/Alice 2");
    }

    @Test
    void consent_is_in_force_until_it_is_revoked() throws Exception {
        register.setTlsConsent(thread.id(), true);
        assertThat(directory.thread(thread.id()).client().tlsConsent()).isTrue();
        register.setTlsConsent(thread.id(), false);
        assertThat(directory.thread(thread.id()).client().tlsConsent()).isFalse();
        assertThat(register.threads()).singleElement().satisfies(summary -> assertThat(summary.carriage())
                .isEqualTo(Carriage.WAIT));
    }

    @Test
    void nothing_that_names_a_client_is_readable_in_the_tables() throws Exception {
        String dump = database.sql()
                .fetch("select t::text, m::text from thread t, mailbox m, subscription s")
                .format();
        assertThat(dump).contains("k7m2qx").doesNotContainIgnoringCase("alice");
        for (String text : List.of("alice", "Alice", "provider")) {
            String hex = java.util.HexFormat.of().formatHex(text.getBytes(UTF_8));
            assertThat(dump).doesNotContain(hex);
        }
    }

    private Filing fromAlice() {
        return new Filing(new MessageId(UUID.randomUUID()), new FilingPlace.FromClient(thread), aMessage());
    }

    private static SealedMessage aMessage() {
        return new SealedMessage(OCTETS, OCTETS, OCTETS, new byte[0], 10, 20);
    }

    private Parcel aParcel(ThreadId id) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                id,
                new Parcel.Route(Carriage.TLS, thread.address(), ALICE),
                MailContent.of("Subject: hello\r\n\r\nwords\r\n".getBytes(UTF_8)));
    }

    private static Therapist aTherapist(EmailAddress address) {
        return new Therapist(
                new TherapistId(UUID.randomUUID()),
                new PracticeId(UUID.randomUUID()),
                address,
                "Dr Bloom",
                Custody.LOGIN,
                new Certificate(OCTETS));
    }

    private static ClientThread aThread(Therapist therapist, EmailAddress client, String address) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of(address),
                therapist,
                new Client(client, "Alice", Optional.empty(), false),
                new Certificate(OCTETS));
    }
}
