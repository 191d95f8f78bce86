package org.therapost.storage.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertSetMoreStep;
import org.jooq.InsertSetStep;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.Erasure;
import org.therapost.domain.record.RecordedMessage;
import org.therapost.domain.record.RecordedMessage.Digests;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.MessageKeyRecord;
import org.therapost.storage.generated.tables.records.MessageRecord;
import org.therapost.storage.generated.tables.records.RecordEntryRecord;
import org.therapost.storage.postgres.RenderedQuery;

/**
 * Inserts the messages of the record with their key packets and their entries in the chain; nothing else inserts any. A filing
 * appears in one or two folders as well.
 */
public final class MessageRows {

    /** The direction of what a therapist's mail program stored for itself. */
    public static final String OWN = "own";

    private static final Field<Instant> ACCEPTED_AT =
            field(name("m", MESSAGE.ACCEPTED_AT.getName()), MESSAGE.ACCEPTED_AT.getDataType());

    private final ServerKey serverKey;
    private final RecordChain chain;
    private final FolderVisibility folderVisibility;

    public MessageRows(ServerKey serverKey) {
        this.serverKey = serverKey;
        this.chain = new RecordChain(serverKey);
        this.folderVisibility = new FolderVisibility(serverKey);
    }

    /**
     * What the statement depends on: whether the filing is a thread's, in how many other folders it appears, on what, and whether identifiers
     * become known with it.
     */
    private record Shape(boolean threaded, int named, boolean untimed, boolean known) {}

    private static final Map<Shape, RenderedQuery> INSERTIONS = new ConcurrentHashMap<>();

    /** The heads of all chains to which a transaction adds, locked until it ends. */
    public static final class Heads {
        private final Map<UUID, RecordChain.Head> heads;

        private Heads(Map<UUID, RecordChain.Head> heads) {
            this.heads = heads;
        }

        private RecordChain.Head of(UUID thread) {
            return Objects.requireNonNull(heads.get(thread), "the head of a chain is locked before a message is added");
        }
    }

    /**
     * Locks the chains of all threads into which some filings go, and fixes their acceptance instants: one statement for each
     * thread.
     *
     * @throws CannotTellException if one of them was not chained yet
     */
    public Heads lock(DSLContext tx, List<Filing> filings) throws CannotTellException {
        return new Heads(chain.lock(
                tx,
                filings.stream()
                        .map(filing -> FilingFolders.of(filing.place()).threadId())
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /**
     * Locks the chain of a thread.
     *
     * @throws CannotTellException if it was not chained yet
     */
    public RecordChain.Head lock(DSLContext tx, ThreadId thread) throws CannotTellException {
        return chain.lock(tx, thread);
    }

    /** Which messages a filing may concern. */
    private enum Threads {
        ALL,
        /** Those for whose thread no times are agreed. */
        UNTIMED
    }

    /**
     * Inserts a filing; in one statement, unless the therapist has deleted one of its folders, which is then made again.
     *
     * @return its appearance in each folder
     * @throws NotFiledException if it is in the record
     */
    public List<FolderArrival> insert(DSLContext tx, Filing filing, Heads heads) throws NotFiledException {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        return complete(tx, filing, filingFolders, record(tx, filing, filingFolders, Threads.ALL, heads));
    }

    /** Inserts a note that has just been written and goes into no thread, as {@link #insert} does. */
    public List<FolderArrival> insertNew(DSLContext tx, Filing note) {
        try {
            return insert(tx, note, new Heads(Map.of()));
        } catch (NotFiledException twice) {
            throw new IllegalStateException("a note is filed twice", twice);
        }
    }

    /**
     * Inserts a filing as {@link #insert} does.
     *
     * @throws NotFiledException also if times are agreed for its thread; costs one more look at an index
     */
    public List<FolderArrival> insertUntimed(DSLContext tx, Filing filing, Heads heads) throws NotFiledException {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        UUID thread = filingFolders.threadId();
        if (thread == null) {
            return insert(tx, filing, heads);
        }
        List<FolderArrival> arrivals = record(tx, filing, filingFolders, Threads.UNTIMED, heads);
        if (arrivals.isEmpty() && tx.fetchExists(TIMETABLE, TIMETABLE.THREAD_ID.eq(thread))) {
            throw new NotFiledException(NotFiledException.Why.TIMES_ARE_AGREED);
        }
        return complete(tx, filing, filingFolders, arrivals);
    }

    /** The messages that have these ids, in order; unknown ids are left out. */
    public static List<FiledMessage> filed(DSLContext on, List<MessageId> ids) {
        return on
                .select(MESSAGE.ID, MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.in(ids.stream().map(MessageId::value).toList()))
                .fetch(row -> new FiledMessage(new MessageId(row.value1()), row.value2()))
                .stream()
                .sorted(Comparator.comparing(message -> ids.indexOf(message.id())))
                .toList();
    }

    private List<FolderArrival> complete(
            DSLContext tx, Filing filing, FilingFolders filingFolders, List<FolderArrival> arrivals) {
        if (arrivals.size() == filingFolders.folders()) {
            return arrivals;
        }
        folderVisibility.makeAgain(tx, filingFolders);
        Instant acceptedAt = tx.select(MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.eq(filing.id().value()))
                .fetchSingle(MESSAGE.ACCEPTED_AT);
        List<UUID> done = arrivals.stream().map(FolderArrival::mailboxId).toList();
        List<FolderArrival> all = new ArrayList<>(arrivals);
        all.addAll(folderVisibility.show(
                tx, new FolderVisibility.Item(filing.id(), filing.message().size(), acceptedAt), filingFolders, done));
        return all;
    }

    /**
     * Inserts a message that appears nowhere yet.
     *
     * @param head the locked chain of the thread
     * @throws NotFiledException if it is in the record
     */
    public void keep(DSLContext tx, Filing filing, Instant acceptedAt, RecordChain.Head head) throws NotFiledException {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        SealedMessage sealed = filing.message();
        UUID id = filing.id().value();
        RecordChain.Link link = link(filing, filingFolders, acceptedAt, head);
        DuplicateMessages.noticed(() -> {
            message(tx, id, filingFolders.direction(), sealed, sealed.headerSize())
                    .set(MESSAGE.THREAD_ID, filingFolders.threadId())
                    .set(MESSAGE.ACCEPTED_AT, acceptedAt)
                    .execute();
            var entry = name("entry").as(entry(tx, id, link).returning(RECORD_ENTRY.MESSAGE_ID));
            var with =
                    tx.with(KnownMessageIdRows.remembered(tx, filing.known())).with(entry);
            if (link.thread() != null) {
                with = with.with(name("head")
                        .as(tx.update(RECORD_HEAD)
                                .set(RECORD_HEAD.NUMBER, link.number())
                                .set(RECORD_HEAD.TAG, link.tag())
                                .where(RECORD_HEAD.THREAD_ID.eq(link.thread()))
                                .returning(RECORD_HEAD.THREAD_ID)));
            }
            return key(with.insertInto(MESSAGE_KEY), id, sealed).execute();
        });
    }

    /**
     * Inserts what a therapist's mail program stores for itself, unless it is there: a message has one content.
     *
     * @param headerSize octets of the header as IMAP serves it
     */
    public void keepOwn(DSLContext tx, UUID id, SealedMessage sealed, int headerSize) {
        int made =
                message(tx, id, OWN, sealed, headerSize).onConflictDoNothing().execute();
        if (made > 0) {
            RecordChain.Link link = chain.alone(id, OWN, Digests.of(sealed));
            key(
                            tx.with(name("entry").as(entry(tx, id, link).returning(RECORD_ENTRY.MESSAGE_ID)))
                                    .insertInto(MESSAGE_KEY),
                            id,
                            sealed)
                    .execute();
        }
    }

    /** Erases a message for good; of a thread's, its number and its tag stay in the chain. */
    public void erase(DSLContext tx, UUID message, Erasure erasure, Instant at) {
        chain.erase(tx, message, erasure, at);
        tx.deleteFrom(MESSAGE_KEY).where(MESSAGE_KEY.MESSAGE_ID.eq(message)).execute();
        tx.deleteFrom(MESSAGE).where(MESSAGE.ID.eq(message)).execute();
    }

    private RecordChain.Link link(
            Filing filing, FilingFolders filingFolders, Instant acceptedAt, RecordChain.@Nullable Head head) {
        UUID id = filing.id().value();
        Digests digests = Digests.of(filing.message());
        return filingFolders.thread() == null || head == null
                ? chain.alone(id, filingFolders.direction(), digests)
                : chain.link(head, new RecordedMessage(id, filingFolders.direction(), acceptedAt, digests));
    }

    private static InsertSetMoreStep<RecordEntryRecord> entry(DSLContext tx, UUID id, RecordChain.Link link) {
        return tx.insertInto(RECORD_ENTRY)
                .set(RECORD_ENTRY.MESSAGE_ID, id)
                .set(RECORD_ENTRY.THREAD_ID, link.thread())
                .set(RECORD_ENTRY.NUMBER, link.number())
                .set(RECORD_ENTRY.TAG, link.tag())
                .set(RECORD_ENTRY.HEADER_DIGEST, link.digests().header())
                .set(RECORD_ENTRY.DATA_DIGEST, link.digests().data());
    }

    private InsertSetMoreStep<MessageRecord> message(
            DSLContext tx, UUID id, String direction, SealedMessage sealed, int headerSize) {
        return tx.insertInto(MESSAGE)
                .set(MESSAGE.ID, id)
                .set(MESSAGE.DIRECTION, direction)
                .set(MESSAGE.SIZE, sealed.size())
                .set(MESSAGE.HEADER_SIZE, headerSize)
                .set(MESSAGE.ENVELOPE_SEALED, envelope(id, sealed))
                .set(MESSAGE.HEADER_PACKET, sealed.headerPacket())
                .set(MESSAGE.DATA_PACKET, sealed.dataPacket());
    }

    private static InsertSetMoreStep<MessageKeyRecord> key(
            InsertSetStep<MessageKeyRecord> insertion, UUID id, SealedMessage sealed) {
        return insertion.set(MESSAGE_KEY.MESSAGE_ID, id).set(MESSAGE_KEY.KEY_PACKETS, sealed.keyPackets());
    }

    private List<FolderArrival> record(
            DSLContext tx, Filing filing, FilingFolders filingFolders, Threads which, Heads heads)
            throws NotFiledException {
        SealedMessage sealed = filing.message();
        RenderedQuery insertion = INSERTIONS.computeIfAbsent(
                new Shape(
                        filingFolders.thread() != null,
                        filingFolders.named().size(),
                        which == Threads.UNTIMED,
                        !filing.known().isEmpty()),
                shape -> RenderedQuery.of(on -> insertion(on, shape)));
        return DuplicateMessages.noticed(() -> insertion.fetch(tx, values(filing, filingFolders, heads))).stream()
                .map(row -> folderVisibility.arrival(
                        row,
                        filingFolders,
                        new FolderVisibility.Item(filing.id(), sealed.size(), row.get(ACCEPTED_AT))))
                .toList();
    }

    private Map<String, @Nullable Object> values(Filing filing, FilingFolders filingFolders, Heads heads) {
        SealedMessage sealed = filing.message();
        UUID thread = filingFolders.threadId();
        RecordChain.Head head = thread == null ? null : heads.of(thread);
        Instant acceptedAt = head == null ? Instant.EPOCH : head.lockedAt();
        RecordChain.Link link = link(filing, filingFolders, acceptedAt, head);
        Map<String, @Nullable Object> values = new HashMap<>(folderVisibility.folders(filingFolders));
        values.put("id", filing.id().value());
        values.put("thread", filingFolders.threadId());
        values.put("direction", filingFolders.direction());
        values.put("size", sealed.size());
        values.put("header_size", sealed.headerSize());
        values.put("envelope", envelope(filing.id().value(), sealed));
        values.put("header_packet", sealed.headerPacket());
        values.put("data_packet", sealed.dataPacket());
        values.put("key_packets", sealed.keyPackets());
        values.put("flags", FolderFlag.column(filingFolders.flags()));
        values.put("accepted", acceptedAt.atOffset(ZoneOffset.UTC));
        values.put("number", link.number());
        values.put("tag", link.tag());
        values.put("header_digest", link.digests().header());
        values.put("data_digest", link.digests().data());
        values.put(KnownMessageIdRows.MARKS, KnownMessageIdRows.text(filing.known()));
        return values;
    }

    private static Select<?> insertion(DSLContext on, Shape shape) {
        var m = name("m")
                .as(on.insertInto(MESSAGE)
                        .columns(
                                MESSAGE.ID,
                                MESSAGE.THREAD_ID,
                                MESSAGE.DIRECTION,
                                MESSAGE.ACCEPTED_AT,
                                MESSAGE.SIZE,
                                MESSAGE.HEADER_SIZE,
                                MESSAGE.ENVELOPE_SEALED,
                                MESSAGE.HEADER_PACKET,
                                MESSAGE.DATA_PACKET)
                        .values(
                                param("id", MESSAGE.ID),
                                param("thread", MESSAGE.THREAD_ID),
                                param("direction", MESSAGE.DIRECTION),
                                shape.threaded()
                                        ? param("accepted", MESSAGE.ACCEPTED_AT)
                                        : field("clock_timestamp()", MESSAGE.ACCEPTED_AT.getDataType()),
                                param("size", MESSAGE.SIZE),
                                param("header_size", MESSAGE.HEADER_SIZE),
                                param("envelope", MESSAGE.ENVELOPE_SEALED),
                                param("header_packet", MESSAGE.HEADER_PACKET),
                                param("data_packet", MESSAGE.DATA_PACKET))
                        .returning(MESSAGE.ACCEPTED_AT));
        var k = name("k")
                .as(on.insertInto(MESSAGE_KEY)
                        .columns(MESSAGE_KEY.MESSAGE_ID, MESSAGE_KEY.KEY_PACKETS)
                        .values(param("id.key", MESSAGE_KEY.MESSAGE_ID), param("key_packets", MESSAGE_KEY.KEY_PACKETS))
                        .returning(MESSAGE_KEY.MESSAGE_ID));
        Condition folders = FolderVisibility.on(shape.named(), shape.threaded());
        Condition untimed = notExists(
                selectOne().from(TIMETABLE).where(TIMETABLE.THREAD_ID.eq(param("thread.timed", TIMETABLE.THREAD_ID))));
        var b = name("b").as(UidAllocator.taking(on, shape.untimed() ? folders.and(untimed) : folders));
        var v = name("v")
                .as(FolderEntries.inserting(
                        on,
                        new FolderEntries.Message(
                                param("id.view", MAILBOX_MESSAGE.MESSAGE_ID),
                                param("id.conversation", MAILBOX_MESSAGE.CONVERSATION),
                                param("flags", MAILBOX_MESSAGE.FLAGS),
                                ACCEPTED_AT),
                        b,
                        m));
        var from = shape.known() ? on.with(m).with(KnownMessageIdRows.remembered(on)) : on.with(m);
        var chained = shape.threaded() ? from.with(entry(on)).with(head(on)) : from.with(entry(on));
        return chained.with(k)
                .with(b)
                .with(v)
                .select(b.fields())
                .select(ACCEPTED_AT)
                .from(b, m);
    }

    private static CommonTableExpression<?> entry(DSLContext on) {
        return name("e")
                .as(on.insertInto(RECORD_ENTRY)
                        .columns(
                                RECORD_ENTRY.MESSAGE_ID,
                                RECORD_ENTRY.THREAD_ID,
                                RECORD_ENTRY.NUMBER,
                                RECORD_ENTRY.TAG,
                                RECORD_ENTRY.HEADER_DIGEST,
                                RECORD_ENTRY.DATA_DIGEST)
                        .values(
                                param("id.entry", RECORD_ENTRY.MESSAGE_ID),
                                param("thread.entry", RECORD_ENTRY.THREAD_ID),
                                param("number", RECORD_ENTRY.NUMBER),
                                param("tag", RECORD_ENTRY.TAG),
                                param("header_digest", RECORD_ENTRY.HEADER_DIGEST),
                                param("data_digest", RECORD_ENTRY.DATA_DIGEST))
                        .returning(RECORD_ENTRY.MESSAGE_ID));
    }

    private static CommonTableExpression<?> head(DSLContext on) {
        return name("h")
                .as(on.update(RECORD_HEAD)
                        .set(RECORD_HEAD.NUMBER, param("number.head", RECORD_HEAD.NUMBER))
                        .set(RECORD_HEAD.TAG, param("tag.head", RECORD_HEAD.TAG))
                        .where(RECORD_HEAD.THREAD_ID.eq(param("thread.head", RECORD_HEAD.THREAD_ID)))
                        .returning(RECORD_HEAD.THREAD_ID));
    }

    private byte @Nullable [] envelope(UUID id, SealedMessage sealed) {
        return sealed.envelope().length == 0
                ? null
                : SealedColumns.MESSAGE_ENVELOPE.seal(serverKey, sealed.envelope(), id);
    }
}
