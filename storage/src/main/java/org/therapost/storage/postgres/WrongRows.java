package org.therapost.storage.postgres;

import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.RecordFault;
import org.therapost.storage.generated.tables.records.WrongRowRecord;

/** Rows that were found to be other than the server wrote them; each is remembered until it is right again. */
public final class WrongRows {

    private static final Logger LOG = LoggerFactory.getLogger(WrongRows.class);

    private WrongRows() {}

    /**
     * A wrong row.
     *
     * @param table the table's name
     * @param row its key
     * @param fault the name of what is wrong
     * @param thread whose row it is, if it is one of a thread
     * @param number of a message in its thread
     */
    public record WrongRow(String table, String row, String fault, Optional<ThreadId> thread, Optional<Long> number) {

        /** Says it in one sentence, which names rows and nothing that was written. */
        public String sentence() {
            return thread.map(id -> "thread " + id.value() + ": ").orElse("")
                    + number.map(value -> "number " + value + ", ").orElse("")
                    + "row " + row + " of table " + table + ": "
                    + Stream.of(RecordFault.values())
                            .filter(known -> known.name().equals(fault))
                            .map(RecordFault::sentence)
                            .findFirst()
                            .orElse(fault);
        }
    }

    /** A wrong row, and when it was found. */
    public record Found(WrongRow wrong, Instant at) {}

    /**
     * Remembers a wrong row. The log says so each time, whatever the database makes of it: whoever can change rows can also keep
     * this one from being remembered, which {@link Database#unremembered} counts then. It is no reason not to go on refusing the row.
     */
    public static void report(Database database, WrongRow wrong) {
        log(wrong);
        boolean remembered = false;
        try {
            remembered = report(database.sql(), wrong) || isRemembered(database.sql(), wrong);
        } catch (DataAccessException silent) {
            LOG.debug("a wrong row could not be remembered", silent);
        }
        database.remembered(wrong, remembered);
    }

    private static boolean isRemembered(DSLContext on, WrongRow wrong) {
        return on.fetchExists(WRONG_ROW, is(wrong));
    }

    private static Condition is(WrongRow wrong) {
        return WRONG_ROW
                .TABLE_NAME
                .eq(wrong.table())
                .and(WRONG_ROW.ROW_ID.eq(wrong.row()))
                .and(WRONG_ROW.FAULT.eq(wrong.fault()));
    }

    /** Reads one of several rows; empty if it is not as this server wrote it, which is remembered: the others go on. */
    public static <T> Optional<T> unlessChanged(Database database, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ChangedRowException changed) {
            report(database, changed.wrong());
            return Optional.empty();
        }
    }

    /** Remembers a wrong row; whether it is new. */
    public static boolean report(DSLContext on, WrongRow wrong) {
        return on.insertInto(WRONG_ROW)
                        .set(WRONG_ROW.TABLE_NAME, wrong.table())
                        .set(WRONG_ROW.ROW_ID, wrong.row())
                        .set(WRONG_ROW.FAULT, wrong.fault())
                        .set(
                                WRONG_ROW.THREAD_ID,
                                wrong.thread().map(ThreadId::value).orElse(null))
                        .set(WRONG_ROW.NUMBER, wrong.number().orElse(null))
                        .onConflictDoNothing()
                        .execute()
                > 0;
    }

    private static void log(WrongRow wrong) {
        LOG.error(
                "row {} of table {} is not as this server wrote it: {} (thread {}); it is not used",
                wrong.row(),
                wrong.table(),
                wrong.fault(),
                wrong.thread().map(thread -> thread.value().toString()).orElse("-"));
    }

    /** Those that are remembered, the oldest first. */
    public static List<Found> first(DSLContext on, int most) {
        return on.selectFrom(WRONG_ROW)
                .orderBy(WRONG_ROW.FOUND_AT, WRONG_ROW.TABLE_NAME, WRONG_ROW.ROW_ID)
                .limit(most)
                .fetch(row -> new Found(read(row), row.getFoundAt()));
    }

    /** Those that are remembered and meet a condition. */
    public static List<WrongRow> all(DSLContext on, Condition condition) {
        return on.selectFrom(WRONG_ROW).where(condition).fetch(WrongRows::read);
    }

    /** Forgets one that is right again. */
    public static void forget(DSLContext on, WrongRow right) {
        on.deleteFrom(WRONG_ROW).where(is(right)).execute();
    }

    private static WrongRow read(WrongRowRecord row) {
        return new WrongRow(
                row.getTableName(),
                row.getRowId(),
                row.getFault(),
                Optional.ofNullable(row.getThreadId()).map(ThreadId::new),
                Optional.ofNullable(row.getNumber()));
    }

    /** How many are remembered. */
    public static int count(DSLContext on) {
        return on.fetchCount(WRONG_ROW);
    }
}
