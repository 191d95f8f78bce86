package org.therapost.storage.people;

import static org.jooq.impl.DSL.param;
import static org.therapost.storage.generated.Tables.CLIENT_KEY;
import static org.therapost.storage.generated.Tables.CLIENT_MAILBOX;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.TLS_CONSENT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory.ThreadList;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.RenderedQuery;
import org.therapost.storage.postgres.WrongRows;

/** Rows of therapists and threads, read into the domain's values; what names a client is opened with the server key. */
public final class PeopleRows {

    private static final Field<Boolean> TLS_GIVEN = DSL.field(DSL.exists(DSL.selectOne()
                    .from(TLS_CONSENT)
                    .where(TLS_CONSENT.THREAD_ID.eq(THREAD.ID), TLS_CONSENT.REVOKED_AT.isNull())))
            .as("tls_given");

    // The pseudonym names the row for which the address is sealed.
    private static final Field<byte[]> NAMED =
            DSL.field("{0} || {1}", byte[].class, CLIENT_MAILBOX.ADDRESS_MAC, CLIENT_MAILBOX.ADDRESS_SEALED);

    private static final int MAC = 32;

    private static final Field<byte[][]> FURTHER = DSL.array(DSL.select(NAMED)
                    .from(CLIENT_MAILBOX)
                    .where(CLIENT_MAILBOX.THREAD_ID.eq(THREAD.ID))
                    .orderBy(CLIENT_MAILBOX.ADDED_AT))
            .as("further");

    private static final List<Field<?>> OF_THREAD = List.of(
            THREAD.ID,
            THREAD.ADDRESS,
            THREAD.CLIENT_ADDRESS_SEALED,
            THREAD.CLIENT_NAME_SEALED,
            THREAD_KEY.CERTIFICATE,
            THREAD_KEY.BINDING,
            FURTHER,
            TLS_GIVEN);

    // Asked at each RCPT.
    private static final RenderedQuery BY_ADDRESS =
            RenderedQuery.of(on -> selected(on, THREAD.ADDRESS.eq(param("address", THREAD.ADDRESS))));

    private final ServerKey serverKey;
    private final BoundCertificates certificates;
    private final ClientKeyRows clientKeys;
    private final EquivalentAddresses equivalentAddresses;

    public PeopleRows(ServerKey serverKey, EquivalentAddresses equivalentAddresses) {
        this.serverKey = serverKey;
        this.certificates = new BoundCertificates(serverKey);
        this.clientKeys = new ClientKeyRows(serverKey);
        this.equivalentAddresses = equivalentAddresses;
    }

    Optional<Therapist> therapist(DSLContext on, EmailAddress address) {
        return on.select(BoundCertificates.THERAPISTS)
                .from(THERAPIST)
                .where(THERAPIST.ADDRESS.eq(address.canonical()))
                .fetchOptional(this::therapist);
    }

    public List<Therapist> therapists(DSLContext on) {
        return on.select(BoundCertificates.THERAPISTS)
                .from(THERAPIST)
                .orderBy(THERAPIST.ADDRESS)
                .fetch(this::therapist);
    }

    public Optional<ClientThread> thread(DSLContext on, EmailAddress address) {
        return BY_ADDRESS.fetch(on, Map.of("address", address.canonical())).stream()
                .findFirst()
                .map(this::thread);
    }

    public Optional<ClientThread> thread(DSLContext on, ThreadId id) {
        return thread(on, THREAD.ID.eq(id.value()));
    }

    List<ClientThread> threads(Database database, EmailAddress client, EmailAddress therapist)
            throws CannotTellException {
        byte[] pseudonym = serverKey.pseudonym(client.canonical(), SealingPurpose.CLIENT_ADDRESS);
        Condition ofTherapist = THERAPIST.ADDRESS.eq(therapist.canonical());
        List<ClientThread> inThisSpelling = database.ask(on -> threads(
                on,
                ofTherapist.and(THREAD.CLIENT_ADDRESS_MAC
                        .eq(pseudonym)
                        .or(THREAD.ID.in(DSL.select(CLIENT_MAILBOX.THREAD_ID)
                                .from(CLIENT_MAILBOX)
                                .where(CLIENT_MAILBOX.ADDRESS_MAC.eq(pseudonym)))))));
        return equivalentAddresses.knows(client) ? inAnySpelling(database, client, ofTherapist) : inThisSpelling;
    }

    /** Pseudonyms are of one spelling, and the table of spellings may change: the therapist's clients are looked through. */
    private List<ClientThread> inAnySpelling(Database database, EmailAddress client, Condition ofTherapist)
            throws CannotTellException {
        return each(database, ofTherapist).readable().stream()
                .filter(thread -> thread.client().writesAs(client))
                .toList();
    }

    ThreadList threads(Database database, TherapistId therapist) throws CannotTellException {
        return each(database, THREAD.THERAPIST_ID.eq(therapist.value()));
    }

    /** Reads each by itself: one that somebody changed stops no other. */
    private ThreadList each(Database database, Condition condition) throws CannotTellException {
        List<ClientThread> readable = new ArrayList<>();
        Set<ThreadId> changed = new HashSet<>();
        for (Record row : database.ask(on -> selected(on, condition).fetch())) {
            WrongRows.unlessChanged(database, () -> thread(row))
                    .ifPresentOrElse(readable::add, () -> changed.add(new ThreadId(row.get(THREAD.ID))));
        }
        return new ThreadList(readable, changed);
    }

    /** Whether anybody here has that address, as a client, as a therapist, or as a thread. */
    boolean isKnown(Database database, EmailAddress address) throws CannotTellException {
        return database.ask(on -> isKnown(on, address))
                || (equivalentAddresses.knows(address) && isKnownInAnySpelling(database, address));
    }

    private boolean isKnown(DSLContext on, EmailAddress address) {
        byte[] pseudonym = serverKey.pseudonym(address.canonical(), SealingPurpose.CLIENT_ADDRESS);
        return on.fetchExists(THREAD, THREAD.CLIENT_ADDRESS_MAC.eq(pseudonym))
                || on.fetchExists(CLIENT_MAILBOX, CLIENT_MAILBOX.ADDRESS_MAC.eq(pseudonym))
                || on.fetchExists(THREAD, THREAD.ADDRESS.eq(address.canonical()))
                || on.fetchExists(THERAPIST, THERAPIST.ADDRESS.eq(address.canonical()));
    }

    /** Those of all practices are looked through. One that somebody changed is nobody's spelling, and stops nobody. */
    private boolean isKnownInAnySpelling(Database database, EmailAddress address) throws CannotTellException {
        return Stream.concat(
                        database
                                .ask(on -> on.select(THREAD.ID, THREAD.CLIENT_ADDRESS_SEALED)
                                        .from(THREAD)
                                        .fetch())
                                .stream()
                                .map(row ->
                                        WrongRows.unlessChanged(database, () -> address(row.value1(), row.value2()))),
                        database
                                .ask(on -> on.select(CLIENT_MAILBOX.THREAD_ID, NAMED)
                                        .from(CLIENT_MAILBOX)
                                        .fetch())
                                .stream()
                                .map(row ->
                                        WrongRows.unlessChanged(database, () -> further(row.value1(), row.value2()))))
                .flatMap(Optional::stream)
                // One that is refused now is nobody's spelling.
                .flatMap(stored -> StoredMailboxAddress.read(stored).stream())
                .anyMatch(mailbox -> equivalentAddresses.same(mailbox, address));
    }

    private Optional<ClientThread> thread(DSLContext on, Condition condition) {
        return threads(on, condition).stream().findFirst();
    }

    private List<ClientThread> threads(DSLContext on, Condition condition) {
        return selected(on, condition).fetch(this::thread);
    }

    private static Select<Record> selected(DSLContext on, Condition condition) {
        return on.select(BoundCertificates.THERAPISTS)
                .select(BoundCertificates.THREADS)
                .select(OF_THREAD)
                .select(ClientKeyRows.COLUMNS)
                .from(THREAD)
                .join(THERAPIST)
                .on(THERAPIST.ID.eq(THREAD.THERAPIST_ID))
                .join(THREAD_KEY)
                .on(THREAD_KEY.THREAD_ID.eq(THREAD.ID), THREAD_KEY.RETIRED_AT.isNull())
                .leftJoin(CLIENT_KEY)
                .on(ClientKeyRows.ofThread())
                .where(condition)
                .orderBy(THREAD.CREATED_AT, THREAD.ID);
    }

    private ClientThread thread(Record row) {
        UUID id = row.get(THREAD.ID);
        ClientKeyStatus keyStatus = ClientKeyRows.status(row);
        ClientMailboxes clientMailboxes = new ClientMailboxes(
                StoredMailboxAddress.primary(address(id, row.get(THREAD.CLIENT_ADDRESS_SEALED))),
                Stream.of(row.get(FURTHER))
                        .flatMap(octets -> StoredMailboxAddress.read(further(id, octets)).stream())
                        .toList(),
                equivalentAddresses);
        // To a mailbox that is refused now nothing may leave, and nothing in clear while another key holds answers
        // back.
        Client client = new Client(
                clientMailboxes,
                SealedColumns.CLIENT_NAME.readText(serverKey, row.get(THREAD.CLIENT_NAME_SEALED), id),
                clientMailboxes.areReachable() ? clientKeys.certificate(row) : Optional.empty(),
                keyStatus,
                row.get(TLS_GIVEN) && clientMailboxes.areReachable() && keyStatus != ClientKeyStatus.HELD_BACK);
        return new ClientThread(
                new ThreadId(id),
                EmailAddress.of(row.get(THREAD.ADDRESS)),
                therapist(row),
                client,
                certificates.ofThread(row));
    }

    Therapist therapist(Record row) {
        return certificates.therapist(row);
    }

    /** Rows of threads and their therapists, without what is sealed. */
    static List<Record> ofThreads(DSLContext on, Condition which, int most) {
        return on.select(BoundCertificates.THERAPISTS)
                .select(THREAD.ID, THREAD.ADDRESS)
                .from(THREAD)
                .join(THERAPIST)
                .on(THERAPIST.ID.eq(THREAD.THERAPIST_ID))
                .where(which)
                .orderBy(THREAD.ID)
                .limit(most)
                .fetch(row -> row);
    }

    /** A client's mailbox as it was stored. */
    public String address(UUID thread, byte[] sealed) {
        return SealedColumns.CLIENT_ADDRESS.readText(serverKey, sealed, thread);
    }

    private String further(UUID thread, byte[] named) {
        return SealedColumns.FURTHER_ADDRESS.readText(
                serverKey, Arrays.copyOfRange(named, MAC, named.length), thread, Arrays.copyOf(named, MAC));
    }
}
