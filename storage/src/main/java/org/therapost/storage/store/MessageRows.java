package org.therapost.storage.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertSetMoreStep;
import org.jooq.InsertSetStep;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.storage.generated.tables.records.MessageKeyRecord;
import org.therapost.storage.generated.tables.records.MessageRecord;
import org.therapost.storage.postgres.RenderedQuery;

/**
 * Inserts the messages of the record with their key packets; nothing else inserts any. A filing appears in one or two folders as
 * well.
 */
public final class MessageRows {

    /** The direction of what a therapist's mail program stored for itself. */
    public static final String OWN = "own";

    private static final Field<Instant> ACCEPTED_AT =
            field(name("m", MESSAGE.ACCEPTED_AT.getName()), MESSAGE.ACCEPTED_AT.getDataType());

    private final SpoolKey spoolKey;
    private final FolderVisibility folderVisibility;

    public MessageRows(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
        this.folderVisibility = new FolderVisibility(spoolKey);
    }

    /** Times are agreed for the thread of a filing, so that it cannot be filed without a decision. */
    public static final class TimedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TimedException() {
            super("times are agreed for the thread", null, false, false);
        }
    }

    /**
     * What the statement depends on: whether the filing is a thread's, in how many other folders it appears, on what, and whether identifiers
     * become known with it.
     */
    private record Shape(boolean threaded, int named, boolean untimed, boolean known) {}

    private static final Map<Shape, RenderedQuery> INSERTIONS = new ConcurrentHashMap<>();

    /**
     * Inserts a filing; in one statement, unless the therapist has deleted one of its folders, which is then made again.
     *
     * @return its appearance in each folder
     */
    public List<FolderArrival> insert(DSLContext tx, Filing filing) {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        return complete(tx, filing, filingFolders, record(tx, filing, filingFolders, false));
    }

    /**
     * Inserts a filing as {@link #insert} does.
     *
     * @throws TimedException if times are agreed for its thread; costs one more look at an index
     */
    public List<FolderArrival> insertUntimed(DSLContext tx, Filing filing) {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        UUID thread = filingFolders.threadId();
        if (thread == null) {
            return insert(tx, filing);
        }
        List<FolderArrival> arrivals = record(tx, filing, filingFolders, true);
        if (arrivals.isEmpty() && tx.fetchExists(TIMETABLE, TIMETABLE.THREAD_ID.eq(thread))) {
            throw new TimedException();
        }
        return complete(tx, filing, filingFolders, arrivals);
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

    /** Inserts a message that appears nowhere yet. */
    public void keep(DSLContext tx, Filing filing, Instant acceptedAt) {
        FilingFolders filingFolders = FilingFolders.of(filing.place());
        SealedMessage sealed = filing.message();
        DuplicateMessages.noticed(
                () -> message(tx, filing.id().value(), filingFolders.direction(), sealed, sealed.headerSize())
                        .set(MESSAGE.THREAD_ID, filingFolders.threadId())
                        .set(MESSAGE.ACCEPTED_AT, acceptedAt)
                        .execute());
        key(
                        tx.with(KnownMessageIdRows.remembered(tx, filing.known()))
                                .insertInto(MESSAGE_KEY),
                        filing.id().value(),
                        sealed)
                .execute();
    }

    /**
     * Inserts what a therapist's mail program stores for itself, unless it is there: a message has one content.
     *
     * @param headerSize octets of the header as IMAP serves it
     */
    public void keepOwn(DSLContext tx, UUID id, SealedMessage sealed, int headerSize) {
        message(tx, id, OWN, sealed, headerSize).onConflictDoNothing().execute();
        key(tx.insertInto(MESSAGE_KEY), id, sealed).onConflictDoNothing().execute();
    }

    private InsertSetMoreStep<MessageRecord> message(
            DSLContext tx, UUID id, String direction, SealedMessage sealed, int headerSize) {
        return tx.insertInto(MESSAGE)
                .set(MESSAGE.ID, id)
                .set(MESSAGE.DIRECTION, direction)
                .set(MESSAGE.SIZE, sealed.size())
                .set(MESSAGE.HEADER_SIZE, headerSize)
                .set(MESSAGE.ENVELOPE_SEALED, envelope(sealed))
                .set(MESSAGE.HEADER_PACKET, sealed.headerPacket())
                .set(MESSAGE.DATA_PACKET, sealed.dataPacket());
    }

    private static InsertSetMoreStep<MessageKeyRecord> key(
            InsertSetStep<MessageKeyRecord> insertion, UUID id, SealedMessage sealed) {
        return insertion.set(MESSAGE_KEY.MESSAGE_ID, id).set(MESSAGE_KEY.KEY_PACKETS, sealed.keyPackets());
    }

    private List<FolderArrival> record(DSLContext tx, Filing filing, FilingFolders filingFolders, boolean untimed) {
        SealedMessage sealed = filing.message();
        RenderedQuery insertion = INSERTIONS.computeIfAbsent(
                new Shape(
                        filingFolders.thread() != null,
                        filingFolders.named().size(),
                        untimed,
                        !filing.known().isEmpty()),
                shape -> RenderedQuery.of(on -> insertion(on, shape)));
        return DuplicateMessages.noticed(() -> insertion.fetch(tx, values(filing, filingFolders))).stream()
                .map(row -> folderVisibility.arrival(
                        row,
                        filingFolders,
                        new FolderVisibility.Item(filing.id(), sealed.size(), row.get(ACCEPTED_AT))))
                .toList();
    }

    private Map<String, @Nullable Object> values(Filing filing, FilingFolders filingFolders) {
        SealedMessage sealed = filing.message();
        Map<String, @Nullable Object> values = new HashMap<>(folderVisibility.folders(filingFolders));
        values.put("id", filing.id().value());
        values.put("thread", filingFolders.threadId());
        values.put("direction", filingFolders.direction());
        values.put("size", sealed.size());
        values.put("header_size", sealed.headerSize());
        values.put("envelope", envelope(sealed));
        values.put("header_packet", sealed.headerPacket());
        values.put("data_packet", sealed.dataPacket());
        values.put("key_packets", sealed.keyPackets());
        values.put("flags", filingFolders.flags());
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
                                MESSAGE.SIZE,
                                MESSAGE.HEADER_SIZE,
                                MESSAGE.ENVELOPE_SEALED,
                                MESSAGE.HEADER_PACKET,
                                MESSAGE.DATA_PACKET)
                        .values(
                                param("id", MESSAGE.ID),
                                param("thread", MESSAGE.THREAD_ID),
                                param("direction", MESSAGE.DIRECTION),
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
        return from.with(k)
                .with(b)
                .with(v)
                .select(b.fields())
                .select(ACCEPTED_AT)
                .from(b, m);
    }

    private byte @Nullable [] envelope(SealedMessage sealed) {
        return sealed.envelope().length == 0 ? null : spoolKey.seal(sealed.envelope(), SealingPurpose.MESSAGE_ENVELOPE);
    }
}
