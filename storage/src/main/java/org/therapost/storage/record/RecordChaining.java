package org.therapost.storage.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.RECORD_CHAINED;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.ChainStart;
import org.therapost.domain.record.RecordTags;
import org.therapost.domain.record.RecordedMessage;
import org.therapost.domain.record.RecordedMessage.Digests;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.RecordEntryRecord;
import org.therapost.storage.postgres.Database;

/**
 * Chains what was accepted before there were chains: once, at the first start after the update. A thread is chained in one
 * transaction, so that it is chained as a whole or not at all; whoever is killed leaves the rest to the next start. Until a thread
 * is chained nothing is filed into it. Of several processes one does the work and the others wait.
 */
public final class RecordChaining {

    private static final long LOCK = 0x7468657261706f01L;
    private static final long PAUSE_MILLIS = 500;
    private static final int AT_A_TIME = 1000;
    private static final int TELL_EVERY = 10_000;

    private static final Field<Instant> CLOCK = field("clock_timestamp()", Instant.class);
    private static final Field<byte[]> HEADER = field("sha256({0})", byte[].class, MESSAGE.HEADER_PACKET);
    private static final Field<byte[]> DATA = field("sha256({0})", byte[].class, MESSAGE.DATA_PACKET);

    private final Database database;
    private final RecordTags tags;
    private final Consumer<String> progress;
    private final BooleanSupplier stopped;
    private long total;
    private long done;

    /**
     * A run of it.
     *
     * @param progress hears how far it is, in sentences
     * @param stopped whether to break off; what is done until then stays done
     */
    public RecordChaining(Database database, ServerKey serverKey, Consumer<String> progress, BooleanSupplier stopped) {
        this.database = database;
        this.tags = new RecordTags(serverKey);
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Broken off as it was asked to: the transaction is undone. */
    private static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("the chaining was stopped", null, false, false);
        }
    }

    /** When all that was accepted before there were chains had been chained; empty if some of it is not. */
    public static Optional<Instant> doneAt(DSLContext on) {
        return on.select(RECORD_CHAINED.AT).from(RECORD_CHAINED).fetchOptional(RECORD_CHAINED.AT);
    }

    /** Whether any message of the record, or outside of it, is not chained. */
    public static boolean isAnythingLeft(DSLContext on) {
        return on.fetchExists(selectOne()
                .from(MESSAGE)
                .where(notExists(selectOne()
                        .from(RECORD_ENTRY)
                        .where(RECORD_ENTRY.MESSAGE_ID.eq(MESSAGE.ID), RECORD_ENTRY.ERASED_AT.isNull()))));
    }

    /**
     * Chains everything that is not.
     *
     * @return whether everything is chained now; else it was stopped
     * @throws CannotTellException if the database did not answer
     */
    public boolean run() throws CannotTellException {
        try {
            // The lock belongs to the database connection, and ends with it.
            return database.sql().connectionResult(connection -> {
                DSLContext holder = using(connection, SQLDialect.POSTGRES);
                return alone(holder);
            });
        } catch (DataAccessException failed) {
            // jOOQ wraps what is checked.
            if (failed.getCause() instanceof StoppedException) {
                return false;
            }
            if (failed.getCause() instanceof CannotTellException unclear) {
                throw unclear;
            }
            throw new CannotTellException("the database did not answer (" + failed.sqlState() + ")", failed);
        }
    }

    private boolean alone(DSLContext holder) throws InterruptedException, StoppedException, CannotTellException {
        while (doneAt(holder).isEmpty()) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            if (holder.select(field("pg_try_advisory_lock({0})", Boolean.class, inline(LOCK)))
                    .fetchSingle()
                    .value1()) {
                try {
                    if (doneAt(holder).isEmpty()) {
                        chainAll();
                    }
                } finally {
                    holder.execute("select pg_advisory_unlock({0})", inline(LOCK));
                }
            } else {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return true;
    }

    private void chainAll() throws StoppedException, CannotTellException {
        DSLContext on = database.sql();
        total = on.fetchCount(MESSAGE) - (long) on.fetchCount(RECORD_ENTRY, RECORD_ENTRY.ERASED_AT.isNull());
        if (total > 0) {
            progress.accept(String.format(
                    Locale.ROOT,
                    "chaining the record: %,d messages; mail to threads that are not chained yet is put off (451)",
                    total));
        }
        List<UUID> threads = on.select(THREAD.ID)
                .from(THREAD)
                .where(notExists(selectOne().from(RECORD_HEAD).where(RECORD_HEAD.THREAD_ID.eq(THREAD.ID))))
                .orderBy(THREAD.ID)
                .fetch(THREAD.ID);
        for (UUID thread : threads) {
            database.transact(StoppedException.class, tx -> chain(tx, thread));
        }
        UUID last = new UUID(0, 0);
        while (last != null) {
            UUID from = last;
            last = database.transact(StoppedException.class, tx -> tagSome(tx, from))
                    .orElse(null);
        }
        if (total > 0) {
            progress.accept(String.format(Locale.ROOT, "the record is chained: %,d messages", done));
        }
        on.insertInto(RECORD_CHAINED).defaultValues().onConflictDoNothing().execute();
    }

    /** @return how many messages of the thread there are */
    private long chain(DSLContext tx, UUID thread) throws StoppedException {
        // Erasures lock it first: what is read here stays until the commit.
        tx.selectOne()
                .from(TIMETABLE)
                .where(TIMETABLE.THREAD_ID.eq(thread))
                .forUpdate()
                .fetch();
        Condition ofThread = MESSAGE.THREAD_ID.eq(thread);
        long messages = tx.fetchCount(MESSAGE, ofThread);
        Instant now = tx.select(CLOCK).fetchSingle(CLOCK);
        ChainStart start = messages == 0 ? ChainStart.FROM_THE_FIRST : new ChainStart(Optional.of(now), messages);
        byte[] tag = tags.start(new ThreadId(thread), start);
        long number = 0;
        try (Cursor<Record5<UUID, String, Instant, byte[], byte[]>> rows = tx.select(
                        MESSAGE.ID, MESSAGE.DIRECTION, MESSAGE.ACCEPTED_AT, HEADER, DATA)
                .from(MESSAGE)
                .where(ofThread)
                .orderBy(MESSAGE.ACCEPTED_AT, MESSAGE.ID)
                .fetchSize(AT_A_TIME)
                .fetchLazy()) {
            while (rows.hasNext()) {
                List<RecordEntryRecord> entries = new ArrayList<>();
                for (var row : rows.fetchNext(AT_A_TIME)) {
                    Digests digests = new Digests(row.value4(), row.value5());
                    number++;
                    tag = tags.message(
                            new ThreadId(thread),
                            number,
                            new RecordedMessage(row.value1(), row.value2(), row.value3(), digests),
                            tag);
                    entries.add(entry(row.value1(), thread, number, tag, digests));
                }
                insert(tx, entries);
            }
        }
        tx.insertInto(RECORD_HEAD)
                .set(RECORD_HEAD.THREAD_ID, thread)
                .set(RECORD_HEAD.NUMBER, number)
                .set(RECORD_HEAD.TAG, tag)
                .set(RECORD_HEAD.BEGUN_AT, start.at().orElse(null))
                .set(RECORD_HEAD.BEGUN_WITH, number)
                .execute();
        return number;
    }

    /** Tags some of what is in no thread; returns where to go on; empty if there was nothing more. */
    private Optional<UUID> tagSome(DSLContext tx, UUID from) throws StoppedException {
        List<RecordEntryRecord> entries = tx.select(MESSAGE.ID, MESSAGE.DIRECTION, HEADER, DATA)
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.isNull(), MESSAGE.ID.gt(from))
                .and(notExists(selectOne()
                        .from(RECORD_ENTRY)
                        .where(RECORD_ENTRY.MESSAGE_ID.eq(MESSAGE.ID), RECORD_ENTRY.ERASED_AT.isNull())))
                .orderBy(MESSAGE.ID)
                .limit(AT_A_TIME)
                // Whoever erases one of them waits, and its entry goes with it.
                .forKeyShare()
                .fetch(row -> {
                    Digests digests = new Digests(row.value3(), row.value4());
                    return entry(row.value1(), null, null, tags.alone(row.value1(), row.value2(), digests), digests);
                });
        insert(tx, entries);
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).getMessageId());
    }

    private static <T> Field<T> entryField(Field<T> column) {
        return field(name("entry", column.getName()), column.getDataType());
    }

    private static <T> T[] column(
            List<RecordEntryRecord> entries, Function<RecordEntryRecord, T> value, IntFunction<T[]> array) {
        return entries.stream().map(value).toArray(array);
    }

    private static RecordEntryRecord entry(
            UUID id, @Nullable UUID thread, @Nullable Long number, byte[] tag, Digests digests) {
        RecordEntryRecord entry = new RecordEntryRecord();
        entry.setMessageId(id);
        entry.setThreadId(thread);
        entry.setNumber(number);
        entry.setTag(tag);
        entry.setHeaderDigest(digests.header());
        entry.setDataDigest(digests.data());
        return entry;
    }

    private void insert(DSLContext tx, List<RecordEntryRecord> entries) throws StoppedException {
        if (stopped.getAsBoolean()) {
            throw new StoppedException();
        }
        if (!entries.isEmpty()) {
            // One statement for all: one for each cost four times as much.
            tx.insertInto(RECORD_ENTRY)
                    .columns(
                            RECORD_ENTRY.MESSAGE_ID,
                            RECORD_ENTRY.THREAD_ID,
                            RECORD_ENTRY.NUMBER,
                            RECORD_ENTRY.TAG,
                            RECORD_ENTRY.HEADER_DIGEST,
                            RECORD_ENTRY.DATA_DIGEST)
                    .select(select(
                                    entryField(RECORD_ENTRY.MESSAGE_ID),
                                    entryField(RECORD_ENTRY.THREAD_ID),
                                    entryField(RECORD_ENTRY.NUMBER),
                                    entryField(RECORD_ENTRY.TAG),
                                    entryField(RECORD_ENTRY.HEADER_DIGEST),
                                    entryField(RECORD_ENTRY.DATA_DIGEST))
                            .from(
                                    "unnest({0}, {1}, {2}, {3}, {4}, {5}) as entry (message_id, thread_id, number, tag,"
                                            + " header_digest, data_digest)",
                                    val(column(entries, RecordEntryRecord::getMessageId, UUID[]::new)),
                                    val(column(entries, RecordEntryRecord::getThreadId, UUID[]::new)),
                                    val(column(entries, RecordEntryRecord::getNumber, Long[]::new)),
                                    val(column(entries, RecordEntryRecord::getTag, byte[][]::new)),
                                    val(column(entries, RecordEntryRecord::getHeaderDigest, byte[][]::new)),
                                    val(column(entries, RecordEntryRecord::getDataDigest, byte[][]::new))))
                    .execute();
        }
        long before = done;
        done += entries.size();
        if (done / TELL_EVERY != before / TELL_EVERY) {
            progress.accept(String.format(Locale.ROOT, "chaining the record: %,d of %,d messages", done, total));
        }
    }
}
