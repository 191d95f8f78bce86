package org.therapost.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SpoolKey;

/** Rows of the record: a filing becomes a message and its key packets, and appears in one or two folders. */
public final class MessageRows {

    static final String ENVELOPE = "message.envelope";

    private final SpoolKey spoolKey;
    private final Appearances appearances;

    public MessageRows(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
        this.appearances = new Appearances(spoolKey);
    }

    /** Times are agreed for the thread of a filing, so that it cannot be filed without a decision. */
    static final class TimedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimedException() {
            super("times are agreed for the thread", null, false, false);
        }
    }

    /**
     * Inserts a filing; in one statement, unless the therapist has deleted one of its folders, which is then made again.
     *
     * @return its appearance in each folder
     */
    List<Arrival> insert(DSLContext tx, Filing filing) {
        Shelf shelf = Shelf.of(filing.place());
        return complete(tx, filing, shelf, record(tx, filing, shelf, appearances.on(shelf)));
    }

    /**
     * Inserts a filing as {@link #insert} does.
     *
     * @throws TimedException if times are agreed for its thread; costs one more look at an index
     */
    List<Arrival> insertUntimed(DSLContext tx, Filing filing) {
        Shelf shelf = Shelf.of(filing.place());
        UUID thread = shelf.threadId();
        if (thread == null) {
            return insert(tx, filing);
        }
        Condition untimed = notExists(selectOne().from(TIMETABLE).where(TIMETABLE.THREAD_ID.eq(thread)));
        List<Arrival> arrivals = record(tx, filing, shelf, appearances.on(shelf).and(untimed));
        if (arrivals.isEmpty() && tx.fetchExists(TIMETABLE, TIMETABLE.THREAD_ID.eq(thread))) {
            throw new TimedException();
        }
        return complete(tx, filing, shelf, arrivals);
    }

    private List<Arrival> complete(DSLContext tx, Filing filing, Shelf shelf, List<Arrival> arrivals) {
        if (arrivals.size() == shelf.folders()) {
            return arrivals;
        }
        appearances.makeAgain(tx, shelf);
        Instant acceptedAt = tx.select(MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.eq(filing.id().value()))
                .fetchSingle(MESSAGE.ACCEPTED_AT);
        List<UUID> done = arrivals.stream().map(Arrival::mailboxId).toList();
        List<Arrival> all = new ArrayList<>(arrivals);
        all.addAll(appearances.show(
                tx, new Appearances.Item(filing.id(), filing.message().size(), acceptedAt), shelf, done));
        return all;
    }

    /** Inserts a message that appears nowhere yet. */
    public void keep(DSLContext tx, Filing filing, Instant acceptedAt) {
        Shelf shelf = Shelf.of(filing.place());
        SealedMessage sealed = filing.message();
        Repeats.noticed(() -> tx.insertInto(MESSAGE)
                .set(MESSAGE.ID, filing.id().value())
                .set(MESSAGE.THREAD_ID, shelf.threadId())
                .set(MESSAGE.DIRECTION, shelf.direction())
                .set(MESSAGE.ACCEPTED_AT, acceptedAt)
                .set(MESSAGE.SIZE, sealed.size())
                .set(MESSAGE.HEADER_SIZE, sealed.headerSize())
                .set(MESSAGE.ENVELOPE_SEALED, envelope(sealed))
                .set(MESSAGE.HEADER_PACKET, sealed.headerPacket())
                .set(MESSAGE.DATA_PACKET, sealed.dataPacket())
                .execute());
        tx.insertInto(MESSAGE_KEY)
                .set(MESSAGE_KEY.MESSAGE_ID, filing.id().value())
                .set(MESSAGE_KEY.KEY_PACKETS, sealed.keyPackets())
                .execute();
    }

    private List<Arrival> record(DSLContext tx, Filing filing, Shelf shelf, Condition where) {
        UUID id = filing.id().value();
        SealedMessage sealed = filing.message();
        var m = name("m")
                .as(tx.insertInto(MESSAGE)
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
                                id,
                                shelf.threadId(),
                                shelf.direction(),
                                sealed.size(),
                                sealed.headerSize(),
                                envelope(sealed),
                                sealed.headerPacket(),
                                sealed.dataPacket())
                        .returning(MESSAGE.ACCEPTED_AT));
        var k = name("k")
                .as(tx.insertInto(MESSAGE_KEY)
                        .columns(MESSAGE_KEY.MESSAGE_ID, MESSAGE_KEY.KEY_PACKETS)
                        .values(id, sealed.keyPackets())
                        .returning(MESSAGE_KEY.MESSAGE_ID));
        var b = name("b").as(Appearances.numbered(tx, where));
        Field<Instant> acceptedAt = field(name("m", MESSAGE.ACCEPTED_AT.getName()), MESSAGE.ACCEPTED_AT.getDataType());
        var v = name("v")
                .as(tx.insertInto(MAILBOX_MESSAGE)
                        .columns(Appearances.COLUMNS)
                        .select(Appearances.appearance(b, id, shelf, acceptedAt).from(b, m))
                        .returning(MAILBOX_MESSAGE.UID));
        return Repeats.noticed(() -> tx.with(m)
                .with(k)
                .with(b)
                .with(v)
                .select(b.fields())
                .select(acceptedAt)
                .from(b, m)
                .fetch(row -> appearances.arrival(
                        row, shelf, new Appearances.Item(filing.id(), sealed.size(), row.get(acceptedAt)))));
    }

    private byte @Nullable [] envelope(SealedMessage sealed) {
        return sealed.envelope().length == 0 ? null : spoolKey.seal(sealed.envelope(), ENVELOPE);
    }
}
