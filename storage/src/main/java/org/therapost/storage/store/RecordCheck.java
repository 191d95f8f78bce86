package org.therapost.storage.store;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.RECORD_CHAINED;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.ChainStart;
import org.therapost.domain.record.RecordFault;
import org.therapost.domain.record.RecordTags;
import org.therapost.domain.record.RecordedMessage;
import org.therapost.domain.record.RecordedMessage.Digests;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.RecordEntry;

/** Judges single messages of the record as they are read: whether each is what was accepted, and where it was accepted. */
public final class RecordCheck {

    private static final RecordEntry ENTRY = RECORD_ENTRY.as("entry");
    private static final RecordEntry BEFORE = RECORD_ENTRY.as("before");
    private static final Field<Boolean> CHAINED =
            field(exists(selectOne().from(RECORD_CHAINED))).as("chained");

    private static final Field<byte[]> TAG_BEFORE = BEFORE.TAG.as("tag_before");

    /** What a query selects so that {@link #fault} can judge its rows. */
    public static final List<Field<?>> COLUMNS = List.of(
            MESSAGE.ID,
            MESSAGE.THREAD_ID,
            MESSAGE.DIRECTION,
            MESSAGE.ACCEPTED_AT,
            ENTRY.THREAD_ID,
            ENTRY.NUMBER,
            ENTRY.TAG,
            ENTRY.HEADER_DIGEST,
            ENTRY.DATA_DIGEST,
            TAG_BEFORE,
            RECORD_HEAD.THREAD_ID,
            RECORD_HEAD.BEGUN_AT,
            RECORD_HEAD.BEGUN_WITH,
            CHAINED);

    private final RecordTags tags;
    private volatile boolean chained;

    public RecordCheck(ServerKey serverKey) {
        this.tags = new RecordTags(serverKey);
    }

    /** Joins what {@link #COLUMNS} needs to a query from {@code message}. */
    public static <R extends Record> SelectJoinStep<R> joined(SelectJoinStep<R> from) {
        return from.leftJoin(ENTRY)
                .on(ENTRY.MESSAGE_ID.eq(MESSAGE.ID), ENTRY.ERASED_AT.isNull())
                .leftJoin(BEFORE)
                .on(BEFORE.THREAD_ID.eq(ENTRY.THREAD_ID), BEFORE.NUMBER.eq(ENTRY.NUMBER.minus(1L)))
                .leftJoin(RECORD_HEAD)
                .on(RECORD_HEAD.THREAD_ID.eq(ENTRY.THREAD_ID));
    }

    /** The number of a message in its thread; empty if it is in none, or not in its chain. */
    public static Optional<Long> number(Record row) {
        return Optional.ofNullable(row.get(ENTRY.NUMBER));
    }

    /** SHA-256 that a message's data packet has, if the message is what it should be; empty if it is not chained yet. */
    public static Optional<byte[]> dataDigest(Record row) {
        return Optional.ofNullable(row.get(ENTRY.DATA_DIGEST));
    }

    /**
     * What is wrong with a message; empty if nothing is, or if it was accepted before there were chains and is not chained yet.
     *
     * @param headerPacket of the message; empty octets if it was not read
     * @param dataPacket of the message; empty octets if it was not read
     */
    public Optional<RecordFault> fault(Record row, byte[] headerPacket, byte[] dataPacket) {
        byte @Nullable [] tag = row.get(ENTRY.TAG);
        if (tag == null) {
            // Once they were, they are, whatever the database says later.
            chained = chained || row.get(CHAINED);
            return chained ? Optional.of(RecordFault.NOT_IN_CHAIN) : Optional.empty();
        }
        Digests digests = new Digests(row.get(ENTRY.HEADER_DIGEST), row.get(ENTRY.DATA_DIGEST));
        if (dataPacket.length > 0 && differs(dataPacket, digests.data())) {
            return Optional.of(RecordFault.CONTENT_CHANGED);
        }
        if (headerPacket.length > 0 && differs(headerPacket, digests.header())) {
            return Optional.of(RecordFault.HEADER_CHANGED);
        }
        UUID thread = row.get(ENTRY.THREAD_ID);
        if (thread == null ? row.get(MESSAGE.THREAD_ID) != null : !thread.equals(row.get(MESSAGE.THREAD_ID))) {
            return Optional.of(RecordFault.MOVED);
        }
        byte @Nullable [] expected = thread == null
                ? tags.alone(row.get(MESSAGE.ID), row.get(MESSAGE.DIRECTION), digests)
                : expected(row, new ThreadId(thread), digests);
        return expected != null && RecordTags.same(expected, tag)
                ? Optional.empty()
                : Optional.of(RecordFault.PLACE_CHANGED);
    }

    private byte @Nullable [] expected(Record row, ThreadId thread, Digests digests) {
        long number = row.get(ENTRY.NUMBER);
        byte @Nullable [] before = row.get(TAG_BEFORE);
        if (number == 1 && row.get(RECORD_HEAD.THREAD_ID) != null) {
            before = tags.start(
                    thread,
                    new ChainStart(
                            Optional.ofNullable(row.get(RECORD_HEAD.BEGUN_AT)), row.get(RECORD_HEAD.BEGUN_WITH)));
        }
        if (before == null) {
            return null;
        }
        return tags.message(
                thread,
                number,
                new RecordedMessage(
                        row.get(MESSAGE.ID), row.get(MESSAGE.DIRECTION), row.get(MESSAGE.ACCEPTED_AT), digests),
                before);
    }

    private static boolean differs(byte[] octets, byte[] digest) {
        return !Arrays.equals(RecordedMessage.digest(octets), digest);
    }
}
