package org.therapost.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectSelectStep;
import org.jooq.UpdateResultStep;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Place;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.Effect.Mark;
import org.therapost.storage.generated.tables.records.MailboxRecord;

/** Rows of the record: a filing becomes a message, its key packets, and its appearance in one or two folders. */
public final class MessageRows {

    static final String ENVELOPE = "message.envelope";

    private static final String KEYWORD = "message.keyword";
    private static final short RECENT = 1 << 4;
    private static final short SEEN = 1 << 5;

    private static final List<Field<?>> APPEARANCE = List.of(
            MAILBOX_MESSAGE.MAILBOX_ID,
            MAILBOX_MESSAGE.UID,
            MAILBOX_MESSAGE.MESSAGE_ID,
            MAILBOX_MESSAGE.MODSEQ,
            MAILBOX_MESSAGE.INTERNAL_DATE,
            MAILBOX_MESSAGE.SAVE_DATE,
            MAILBOX_MESSAGE.FLAGS,
            MAILBOX_MESSAGE.CONVERSATION);

    private final SpoolKey spoolKey;
    private final Folders folders;

    public MessageRows(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
        this.folders = new Folders(spoolKey);
    }

    /** The flags with which a message of this direction appeared first. */
    static short flagsWhenFiled(String direction) {
        return direction.equals("from-therapist") ? SEEN : RECENT;
    }

    /** Times are agreed for the thread of a filing, so that it cannot be filed without a decision. */
    static final class TimedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimedException() {
            super("times are agreed for the thread", null, false, false);
        }
    }

    /** Where a filing appears: whose folders, which of them, and as what. */
    private record Shelf(
            String direction, @Nullable ClientThread thread, EmailAddress owner, List<String> named, short flags) {

        static Shelf of(Place place) {
            if (place instanceof Place.FromClient from) {
                return new Shelf("from-client", from.thread(), owner(from.thread()), List.of(Folders.INBOX), RECENT);
            }
            if (place instanceof Place.FromTherapist from) {
                return new Shelf("from-therapist", from.thread(), owner(from.thread()), List.of(), SEEN);
            }
            if (place instanceof Place.Enquiry enquiry) {
                return new Shelf("enquiry", null, enquiry.therapist().address(), List.of(Folders.ENQUIRIES), RECENT);
            }
            return new Shelf(
                    "notice", null, ((Place.Notice) place).therapist().address(), List.of(Folders.INBOX), RECENT);
        }

        private static EmailAddress owner(ClientThread thread) {
            return thread.therapist().address();
        }

        @Nullable
        UUID threadId() {
            return thread == null ? null : thread.id().value();
        }

        int folders() {
            return named.size() + (thread == null ? 0 : 1);
        }
    }

    /**
     * Inserts a filing; in one statement, unless the therapist has deleted one of its folders, which is then made again.
     *
     * @return its appearance in each folder
     */
    List<Arrival> insert(DSLContext tx, Filing filing) {
        Shelf shelf = Shelf.of(filing.place());
        return complete(tx, filing, shelf, record(tx, filing, shelf, on(shelf)));
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
        List<Arrival> arrivals = record(tx, filing, shelf, on(shelf).and(untimed));
        if (arrivals.isEmpty() && tx.fetchExists(TIMETABLE, TIMETABLE.THREAD_ID.eq(thread))) {
            throw new TimedException();
        }
        return complete(tx, filing, shelf, arrivals);
    }

    private List<Arrival> complete(DSLContext tx, Filing filing, Shelf shelf, List<Arrival> arrivals) {
        if (arrivals.size() == shelf.folders()) {
            return arrivals;
        }
        makeAgain(tx, shelf);
        Instant acceptedAt = tx.select(MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.eq(filing.id().value()))
                .fetchSingle(MESSAGE.ACCEPTED_AT);
        List<UUID> done = arrivals.stream().map(Arrival::mailboxId).toList();
        List<Arrival> all = new ArrayList<>(arrivals);
        all.addAll(show(tx, new Item(filing.id(), filing.message().size(), acceptedAt), shelf, done));
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

    /**
     * Lets a message appear that was kept.
     *
     * @return its appearance in each folder
     */
    public List<Arrival> show(DSLContext tx, MessageId id, Place place) {
        Shelf shelf = Shelf.of(place);
        Item item = tx.select(MESSAGE.SIZE, MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.eq(id.value()))
                .fetchSingle(row -> new Item(id, row.value1(), row.value2()));
        List<Arrival> all = new ArrayList<>(show(tx, item, shelf, List.of()));
        if (all.size() < shelf.folders()) {
            makeAgain(tx, shelf);
            all.addAll(
                    show(tx, item, shelf, all.stream().map(Arrival::mailboxId).toList()));
        }
        if (place instanceof Place.FromClient from && from.mark() != Mark.NONE) {
            tx.update(MAILBOX_MESSAGE)
                    .set(MAILBOX_MESSAGE.USER_FLAGS, new String[] {keyword(from.mark())})
                    .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                    .execute();
        }
        return all;
    }

    /**
     * Takes a message out of all folders; the record keeps it.
     *
     * @return where it appeared
     */
    public List<Arrival> hide(DSLContext tx, MessageId id) {
        List<Arrival> gone = tx.select(APPEARANCE)
                .select(MAILBOX.USERNAME, MAILBOX.NAME_SEALED, MAILBOX.UID_VALIDITY, MESSAGE.SIZE)
                .from(MAILBOX_MESSAGE)
                .join(MAILBOX)
                .on(MAILBOX.ID.eq(MAILBOX_MESSAGE.MAILBOX_ID))
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                .fetch(row -> new Arrival(
                        row.get(MAILBOX_MESSAGE.MAILBOX_ID),
                        Folders.NAMESPACE,
                        row.get(MAILBOX.USERNAME),
                        folders.open(row.get(MAILBOX.NAME_SEALED)),
                        row.get(MAILBOX.UID_VALIDITY),
                        row.get(MAILBOX_MESSAGE.UID),
                        row.get(MAILBOX_MESSAGE.MODSEQ),
                        row.get(MAILBOX_MESSAGE.FLAGS),
                        row.get(MESSAGE.SIZE),
                        row.get(MAILBOX_MESSAGE.INTERNAL_DATE),
                        id.value()));
        tx.deleteFrom(MAILBOX_MESSAGE)
                .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                .execute();
        return gone;
    }

    /** What is to be known of a message for it to appear. */
    private record Item(MessageId id, int size, Instant acceptedAt) {}

    // As every keyword is stored, since therapists make keywords of their own: sealed, in Base64.
    private String keyword(Mark mark) {
        String name =
                switch (mark) {
                    case NONE -> throw new IllegalArgumentException("no keyword");
                    case AFTER_THE_END -> "AfterTheEnd";
                    case OUT_OF_TURN -> "OutOfTurn";
                };
        return Base64.getEncoder().encodeToString(spoolKey.seal(name, KEYWORD));
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
        var b = name("b").as(numbered(tx, where));
        Field<Instant> acceptedAt = field(name("m", MESSAGE.ACCEPTED_AT.getName()), MESSAGE.ACCEPTED_AT.getDataType());
        var v = name("v")
                .as(tx.insertInto(MAILBOX_MESSAGE)
                        .columns(APPEARANCE)
                        .select(appearance(b, id, shelf, acceptedAt).from(b, m))
                        .returning(MAILBOX_MESSAGE.UID));
        return Repeats.noticed(() -> tx.with(m)
                .with(k)
                .with(b)
                .with(v)
                .select(b.fields())
                .select(acceptedAt)
                .from(b, m)
                .fetch(row -> arrival(row, shelf, new Item(filing.id(), sealed.size(), row.get(acceptedAt)))));
    }

    private List<Arrival> show(DSLContext tx, Item item, Shelf shelf, List<UUID> done) {
        UUID id = item.id().value();
        var b = name("b").as(numbered(tx, on(shelf).and(MAILBOX.ID.notIn(done))));
        var v = name("v")
                .as(tx.insertInto(MAILBOX_MESSAGE)
                        .columns(APPEARANCE)
                        .select(appearance(b, id, shelf, val(item.acceptedAt())).from(b))
                        .returning(MAILBOX_MESSAGE.UID));
        return tx.with(b).with(v).select(b.fields()).from(b).fetch(row -> arrival(row, shelf, item));
    }

    private Condition on(Shelf shelf) {
        Condition condition = noCondition();
        for (String folder : shelf.named()) {
            condition = condition.or(MAILBOX.NAMESPACE
                    .eq(Folders.NAMESPACE)
                    .and(MAILBOX.USERNAME.eq(shelf.owner().canonical()))
                    .and(MAILBOX.NAME_MAC.eq(folders.mac(folder))));
        }
        ClientThread thread = shelf.thread();
        return thread == null
                ? condition
                : condition.or(MAILBOX.ID.eq(select(THREAD.MAILBOX_ID)
                        .from(THREAD)
                        .where(THREAD.ID.eq(thread.id().value()))));
    }

    private void makeAgain(DSLContext tx, Shelf shelf) {
        shelf.named().forEach(folder -> folders.make(tx, shelf.owner(), folder));
        ClientThread thread = shelf.thread();
        if (thread != null) {
            UUID folder = folders.make(
                    tx, shelf.owner(), Folders.ofClient(thread.client().name()));
            tx.update(THREAD)
                    .set(THREAD.MAILBOX_ID, folder)
                    .where(THREAD.ID.eq(thread.id().value()), THREAD.MAILBOX_ID.isNull())
                    .execute();
        }
    }

    // Rows are locked in the order of their ids, so that two filings never wait for each other in a ring.
    private static UpdateResultStep<MailboxRecord> numbered(DSLContext tx, Condition folders) {
        return tx.update(MAILBOX)
                .set(MAILBOX.LAST_UID, MAILBOX.LAST_UID.plus(1))
                .set(MAILBOX.HIGHEST_MODSEQ, MAILBOX.HIGHEST_MODSEQ.plus(1))
                .where(MAILBOX.ID.in(select(MAILBOX.ID)
                        .from(MAILBOX)
                        .where(folders)
                        .orderBy(MAILBOX.ID)
                        .forUpdate()))
                .returning(
                        MAILBOX.ID,
                        MAILBOX.NAME_SEALED,
                        MAILBOX.UID_VALIDITY,
                        MAILBOX.LAST_UID,
                        MAILBOX.HIGHEST_MODSEQ);
    }

    private static SelectSelectStep<Record> appearance(
            CommonTableExpression<?> folder, UUID id, Shelf shelf, Field<Instant> acceptedAt) {
        return select(List.<SelectField<?>>of(
                folder.field(MAILBOX.ID),
                folder.field(MAILBOX.LAST_UID),
                val(id),
                folder.field(MAILBOX.HIGHEST_MODSEQ),
                acceptedAt,
                acceptedAt,
                val(shelf.flags()),
                val(id)));
    }

    private byte @Nullable [] envelope(SealedMessage sealed) {
        return sealed.envelope().length == 0 ? null : spoolKey.seal(sealed.envelope(), ENVELOPE);
    }

    private Arrival arrival(Record row, Shelf shelf, Item item) {
        return new Arrival(
                row.get(MAILBOX.ID),
                Folders.NAMESPACE,
                shelf.owner().canonical(),
                folders.open(row.get(MAILBOX.NAME_SEALED)),
                row.get(MAILBOX.UID_VALIDITY),
                row.get(MAILBOX.LAST_UID),
                row.get(MAILBOX.HIGHEST_MODSEQ),
                shelf.flags(),
                item.size(),
                item.acceptedAt(),
                item.id().value());
    }
}
