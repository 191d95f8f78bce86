package org.therapost.storage.james.content;

import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.READING_NOTE;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.james.mailbox.exception.MailboxException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.RecordFault;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.RecordCheck;
import org.therapost.storage.store.SealedKeywords;

/** Sealed content, at rest. */
public final class MessageContentRows {

    private static final byte[] NONE = {};
    private static final Logger LOGGER = LoggerFactory.getLogger(MessageContentRows.class);
    private static final Field<UUID> ID = DSL.field(DSL.name("note", "id"), UUID.class);
    private static final Field<byte[]> SEALED = DSL.field(DSL.name("note", "sealed"), byte[].class);

    private final MailboxSql sql;
    private final ServerKey key;
    private final MessageRows messages;
    private final RecordCheck check;
    private final Database database;

    public MessageContentRows(Database database, ServerKey key) {
        this.database = database;
        this.sql = new MailboxSql(database);
        this.key = key;
        this.messages = new MessageRows(key);
        this.check = new RecordCheck(key);
    }

    /** The keywords of those messages, at rest under the same key. */
    public SealedKeywords keywords() {
        return new SealedKeywords(key);
    }

    /** Inserts what a therapist's mail program stores for itself, unless it is there. */
    public void insert(DSLContext on, UUID id, SealedMessage sealed, int headerSize) {
        messages.keepOwn(on, id, sealed, headerSize);
    }

    /**
     * A sealed message, and the note that a reader of it has left.
     *
     * @param fault present if the message is not what the server wrote; then it is not shown
     * @param dataDigest SHA-256 that its data packet must have; empty if it is not chained yet
     */
    record Stored(
            SealedMessage message, Optional<byte[]> note, Optional<RecordFault> fault, Optional<byte[]> dataDigest) {}

    /** Whether the data packet of a message, which was not read as a whole, is the one that was accepted. */
    boolean isAsAccepted(UUID id, byte[] digest) throws MailboxException {
        Field<byte[]> stored = DSL.field("sha256({0})", byte[].class, MESSAGE.DATA_PACKET);
        boolean same = sql.ask(on ->
                        on.select(stored).from(MESSAGE).where(MESSAGE.ID.eq(id)).fetchOptional(stored))
                .filter(found -> Arrays.equals(found, digest))
                .isPresent();
        if (!same) {
            report(id, RecordFault.CONTENT_CHANGED, Optional.empty(), Optional.empty());
        }
        return same;
    }

    private void report(UUID message, RecordFault fault, Optional<UUID> thread, Optional<Long> number) {
        WrongRows.report(
                database,
                new WrongRows.WrongRow(
                        MESSAGE.getName(), message.toString(), fault.name(), thread.map(ThreadId::new), number));
    }

    /** Messages without their data packets: enough for their headers. */
    Map<UUID, Stored> headers(Collection<UUID> ids) throws MailboxException {
        return load(ids, MESSAGE.HEADER_PACKET, DSL.val(NONE));
    }

    /** Messages without their header packets: enough for their content. */
    Map<UUID, Stored> contents(Collection<UUID> ids) throws MailboxException {
        return load(ids, DSL.val(NONE), MESSAGE.DATA_PACKET);
    }

    /** The data packet of a message, read in pieces: it is stored uncompressed, so that none but these is touched. */
    SealedOctets packet(UUID id) {
        return new SealedOctets() {
            @Override
            public int size() throws IOException {
                return one(DSL.field("octet_length({0})", Integer.class, MESSAGE.DATA_PACKET));
            }

            @Override
            public byte[] read(int from, int length) throws IOException {
                return one(DSL.field(
                        "substring({0} from {1} for {2})",
                        byte[].class, MESSAGE.DATA_PACKET, DSL.val(from + 1), DSL.val(length)));
            }

            private <T> T one(Field<T> field) throws IOException {
                try {
                    return sql.ask(on -> on.select(field)
                                    .from(MESSAGE)
                                    .where(MESSAGE.ID.eq(id))
                                    .fetchOptional(field))
                            .orElseThrow(() -> new IOException("message " + id + " is not there any more"));
                } catch (MailboxException unanswered) {
                    throw new IOException(unanswered.getMessage(), unanswered);
                }
            }
        };
    }

    /**
     * Stores the notes of a reader, unless there are some. They only save time: what is lost with a crash, or cannot be
     * stored, is worked out again.
     */
    void leave(Map<UUID, byte[]> notes) {
        UUID[] messages = notes.keySet().stream().sorted().toArray(UUID[]::new);
        byte[][] sealed = Stream.of(messages).map(notes::get).toArray(byte[][]::new);
        try {
            sql.transact(on -> {
                on.execute("set local synchronous_commit = off");
                return on.insertInto(READING_NOTE, READING_NOTE.MESSAGE_ID, READING_NOTE.SESSION_KEY_SEALED)
                        .select(DSL.select(ID, SEALED)
                                .from("unnest({0}, {1}) as note (id, sealed)", DSL.val(messages), DSL.val(sealed))
                                // A message can be erased while it is read.
                                .whereExists(DSL.selectOne().from(MESSAGE).where(MESSAGE.ID.eq(ID))))
                        .onConflictDoNothing()
                        .execute();
            });
        } catch (MailboxException unanswered) {
            LOGGER.info("{} reading notes were not stored", messages.length, unanswered);
        }
    }

    private Map<UUID, Stored> load(Collection<UUID> ids, Field<byte[]> header, Field<byte[]> data)
            throws MailboxException {
        Field<byte[]> headerPacket = header.as("header");
        Field<byte[]> dataPacket = data.as("data");
        return sql.ask(on -> {
            Map<UUID, Stored> loaded = new HashMap<>();
            for (Record row : RecordCheck.joined(on.select(RecordCheck.COLUMNS)
                            .select(
                                    MESSAGE.SIZE,
                                    MESSAGE.HEADER_SIZE,
                                    MESSAGE.ENVELOPE_SEALED,
                                    MESSAGE_KEY.KEY_PACKETS,
                                    READING_NOTE.SESSION_KEY_SEALED,
                                    headerPacket,
                                    dataPacket)
                            .from(MESSAGE))
                    .join(MESSAGE_KEY)
                    .on(MESSAGE_KEY.MESSAGE_ID.eq(MESSAGE.ID))
                    .leftJoin(READING_NOTE)
                    .on(READING_NOTE.MESSAGE_ID.eq(MESSAGE.ID))
                    .where(MESSAGE.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                    .fetch()) {
                SealedMessage message = new SealedMessage(
                        row.get(MESSAGE_KEY.KEY_PACKETS),
                        row.get(headerPacket),
                        row.get(dataPacket),
                        envelope(row.get(MESSAGE.ID), row.get(MESSAGE.ENVELOPE_SEALED)),
                        row.get(MESSAGE.HEADER_SIZE),
                        row.get(MESSAGE.SIZE));
                UUID id = row.get(MESSAGE.ID);
                Optional<RecordFault> fault = check.fault(row, message.headerPacket(), message.dataPacket());
                fault.ifPresent(found ->
                        report(id, found, Optional.ofNullable(row.get(MESSAGE.THREAD_ID)), RecordCheck.number(row)));
                loaded.put(
                        id,
                        new Stored(
                                message,
                                Optional.ofNullable(row.get(READING_NOTE.SESSION_KEY_SEALED)),
                                fault,
                                RecordCheck.dataDigest(row)));
            }
            return loaded;
        });
    }

    private byte[] envelope(UUID id, byte @Nullable [] sealed) throws MailboxException {
        if (sealed == null) {
            return NONE;
        }
        try {
            return SealedColumns.MESSAGE_ENVELOPE.open(key, sealed, id);
        } catch (SealedException other) {
            throw new UnopenableException("an envelope was not sealed with this server key", other);
        }
    }
}
