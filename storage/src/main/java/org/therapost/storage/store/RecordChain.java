package org.therapost.storage.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.ChainStart;
import org.therapost.domain.record.Erasure;
import org.therapost.domain.record.RecordTags;
import org.therapost.domain.record.RecordedMessage;
import org.therapost.domain.record.RecordedMessage.Digests;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.RenderedQuery;

/**
 * Writes the chain of each thread's record; nothing else does, but what chains once what is older than chains. Whoever files into a thread locks its head first, before any folder,
 * and the heads of several threads in the order of their ids.
 */
public final class RecordChain {

    private static final Field<Instant> CLOCK = field("clock_timestamp()", Instant.class);
    private static final CommonTableExpression<?> HEAD = name("head")
            .as(select(RECORD_HEAD.NUMBER, RECORD_HEAD.TAG, RECORD_HEAD.BEGUN_AT, RECORD_HEAD.BEGUN_WITH)
                    .from(RECORD_HEAD)
                    .where(RECORD_HEAD.THREAD_ID.eq(param("thread", RECORD_HEAD.THREAD_ID)))
                    .forNoKeyUpdate());

    // The clock is read outside of the table expression, and so after the lock is there: a later number has a later
    // instant.
    private static final RenderedQuery LOCK = RenderedQuery.of(on -> on.with(HEAD)
            .select(
                    CLOCK,
                    HEAD.field(RECORD_HEAD.NUMBER),
                    HEAD.field(RECORD_HEAD.TAG),
                    HEAD.field(RECORD_HEAD.BEGUN_AT),
                    HEAD.field(RECORD_HEAD.BEGUN_WITH))
            .from(HEAD));

    private final RecordTags tags;

    public RecordChain(ServerKey serverKey) {
        this.tags = new RecordTags(serverKey);
    }

    /** What is to be written of one message: its entry, and of a thread's the new head. */
    record Link(@Nullable UUID thread, @Nullable Long number, byte[] tag, Digests digests) {}

    /** The locked end of a thread's chain. */
    public static final class Head {
        private final ThreadId thread;
        private final Instant lockedAt;
        private long number;
        private byte[] tag;

        private Head(ThreadId thread, Instant lockedAt, long number, byte[] tag) {
            this.thread = thread;
            this.lockedAt = lockedAt;
            this.number = number;
            this.tag = tag;
        }

        /** The database's time after the lock was there: the acceptance instant of what is filed under it. */
        public Instant lockedAt() {
            return lockedAt;
        }
    }

    /**
     * Locks the heads of some threads until the transaction ends.
     *
     * @throws CannotTellException if one of them was accepted before there were chains, and is being chained at this moment
     */
    Map<UUID, Head> lock(DSLContext tx, Collection<UUID> threads) throws CannotTellException {
        Map<UUID, Head> heads = new TreeMap<>();
        for (UUID thread : new TreeSet<>(threads)) {
            heads.put(thread, lock(tx, new ThreadId(thread)));
        }
        return heads;
    }

    /**
     * Locks the head of a thread until the transaction ends.
     *
     * @throws CannotTellException if it was accepted before there were chains, and is being chained at this moment
     */
    public Head lock(DSLContext tx, ThreadId thread) throws CannotTellException {
        List<Record> rows = LOCK.fetch(tx, Map.of("thread", thread.value()));
        if (rows.isEmpty()) {
            throw new CannotTellException("the record of thread " + thread.value() + " is not chained yet");
        }
        Record row = rows.get(0);
        long number = row.get(HEAD.field(RECORD_HEAD.NUMBER));
        ChainStart start = new ChainStart(
                Optional.ofNullable(row.get(HEAD.field(RECORD_HEAD.BEGUN_AT))),
                row.get(HEAD.field(RECORD_HEAD.BEGUN_WITH)));
        return new Head(
                thread,
                row.get(CLOCK),
                number,
                number == 0 ? tags.start(thread, start) : row.get(HEAD.field(RECORD_HEAD.TAG)));
    }

    /** Links a message to a locked chain; it is in it when its entry is written. */
    Link link(Head head, RecordedMessage message) {
        head.number++;
        head.tag = tags.message(head.thread, head.number, message, head.tag);
        return new Link(head.thread.value(), head.number, head.tag, message.digests());
    }

    /** The tag of a message that is in no thread. */
    Link alone(UUID message, String direction, Digests digests) {
        return new Link(null, null, tags.alone(message, direction, digests), digests);
    }

    /** Makes the entry of a message its tombstone, if it has one in a thread's chain. */
    public void erase(DSLContext tx, UUID message, Erasure erasure, Instant at) {
        tx.select(RECORD_ENTRY.THREAD_ID, RECORD_ENTRY.NUMBER, RECORD_ENTRY.TAG)
                .from(RECORD_ENTRY)
                .where(RECORD_ENTRY.MESSAGE_ID.eq(message), RECORD_ENTRY.THREAD_ID.isNotNull())
                .and(RECORD_ENTRY.ERASED_AT.isNull())
                .forUpdate()
                .fetchOptional()
                .ifPresent(entry -> tx.update(RECORD_ENTRY)
                        .set(RECORD_ENTRY.ERASED_AT, at)
                        .set(RECORD_ENTRY.ERASURE, erasure.label())
                        .set(
                                RECORD_ENTRY.ERASURE_TAG,
                                tags.tombstone(
                                        new ThreadId(entry.value1()),
                                        entry.value2(),
                                        entry.value3(),
                                        erasure.label(),
                                        at))
                        .where(RECORD_ENTRY.THREAD_ID.eq(entry.value1()), RECORD_ENTRY.NUMBER.eq(entry.value2()))
                        .execute());
    }
}
