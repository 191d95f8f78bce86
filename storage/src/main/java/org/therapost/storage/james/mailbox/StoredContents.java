package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.james.mailbox.exception.MailboxException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.storage.Database;

/** Sealed content, at rest. */
final class StoredContents {

    private static final String ENVELOPE = "message.envelope";
    private static final byte[] NONE = {};

    private final MailboxSql sql;
    private final SpoolKey key;

    StoredContents(Database database, SpoolKey key) {
        this.sql = new MailboxSql(database);
        this.key = key;
    }

    /** The keywords of those messages, at rest under the same key. */
    Keywords keywords() {
        return new Keywords(key);
    }

    /** Inserts what a therapist's mail program stores for itself, unless it is there: a message has one content. */
    void insert(DSLContext on, UUID id, SealedMessage sealed, int headerSize) {
        byte[] envelope = sealed.envelope();
        on.insertInto(MESSAGE)
                .set(MESSAGE.ID, id)
                .set(MESSAGE.DIRECTION, "own")
                .set(MESSAGE.SIZE, sealed.size())
                .set(MESSAGE.HEADER_SIZE, headerSize)
                .set(MESSAGE.ENVELOPE_SEALED, envelope.length == 0 ? null : key.seal(envelope, ENVELOPE))
                .set(MESSAGE.HEADER_PACKET, sealed.headerPacket())
                .set(MESSAGE.DATA_PACKET, sealed.dataPacket())
                .onConflictDoNothing()
                .execute();
        on.insertInto(MESSAGE_KEY)
                .set(MESSAGE_KEY.MESSAGE_ID, id)
                .set(MESSAGE_KEY.KEY_PACKETS, sealed.keyPackets())
                .onConflictDoNothing()
                .execute();
    }

    /** Messages without their data packets: enough for their headers. */
    Map<UUID, SealedMessage> headers(Collection<UUID> ids) throws MailboxException {
        return load(ids, MESSAGE.HEADER_PACKET, DSL.val(NONE));
    }

    /** Messages without their header packets: enough for their content. */
    Map<UUID, SealedMessage> contents(Collection<UUID> ids) throws MailboxException {
        return load(ids, DSL.val(NONE), MESSAGE.DATA_PACKET);
    }

    private Map<UUID, SealedMessage> load(Collection<UUID> ids, Field<byte[]> header, Field<byte[]> data)
            throws MailboxException {
        Field<byte[]> headerPacket = header.as("header");
        Field<byte[]> dataPacket = data.as("data");
        return sql.ask(on -> {
            Map<UUID, SealedMessage> loaded = new HashMap<>();
            for (Record row : on.select(
                            MESSAGE.ID,
                            MESSAGE.SIZE,
                            MESSAGE.HEADER_SIZE,
                            MESSAGE.ENVELOPE_SEALED,
                            MESSAGE_KEY.KEY_PACKETS,
                            headerPacket,
                            dataPacket)
                    .from(MESSAGE)
                    .join(MESSAGE_KEY)
                    .on(MESSAGE_KEY.MESSAGE_ID.eq(MESSAGE.ID))
                    .where(MESSAGE.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                    .fetch()) {
                loaded.put(
                        row.get(MESSAGE.ID),
                        new SealedMessage(
                                row.get(MESSAGE_KEY.KEY_PACKETS),
                                row.get(headerPacket),
                                row.get(dataPacket),
                                envelope(row.get(MESSAGE.ENVELOPE_SEALED)),
                                row.get(MESSAGE.HEADER_SIZE),
                                row.get(MESSAGE.SIZE)));
            }
            return loaded;
        });
    }

    private byte[] envelope(byte @Nullable [] sealed) throws MailboxException {
        if (sealed == null) {
            return NONE;
        }
        try {
            return key.open(sealed, ENVELOPE);
        } catch (SealedException other) {
            throw new MailboxException("an envelope was not sealed with this spool key", other);
        }
    }
}
