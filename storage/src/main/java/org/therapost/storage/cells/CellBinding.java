package org.therapost.storage.cells;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.using;
import static org.therapost.storage.generated.Tables.SEALED_FOR_ROWS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;

/**
 * Seals for their rows what earlier releases sealed for any row: once, at the first start after the update, before anything is
 * served. A column is done in one transaction; whoever is killed leaves the rest to the next start. Of several processes one does
 * the work and the others wait. What opens in neither form is left as it is and remembered as wrong.
 */
public final class CellBinding {

    private static final long LOCK = 0x7468657261706f02L;
    private static final int AT_A_TIME = 500;
    // A value is one that a mail may be, up to 36 MB: such are taken one by one.
    private static final String LARGE = "content_sealed";
    private static final long OCTETS_AT_A_TIME = 1 << 22;

    private final Database database;
    private final ServerKey serverKey;
    private final Consumer<String> progress;
    private long done;

    /** @param progress hears how far it is, in sentences */
    public CellBinding(Database database, ServerKey serverKey, Consumer<String> progress) {
        this.database = database;
        this.serverKey = serverKey;
        this.progress = progress;
    }

    /** When all values had been sealed for their rows; empty if some may not be. */
    public static Optional<Instant> doneAt(DSLContext on) {
        return on.select(SEALED_FOR_ROWS.AT).from(SEALED_FOR_ROWS).fetchOptional(SEALED_FOR_ROWS.AT);
    }

    /** Whether any value is there that opens in any row. */
    public boolean isAnythingLeft() throws CannotTellException {
        return database.transact(tx -> SealedColumns.ALL.stream().anyMatch(column -> isAnythingLeft(tx, column)));
    }

    private boolean isAnythingLeft(DSLContext tx, SealedColumn column) {
        try (Cursor<Record> rows = values(tx, column, column.rows())) {
            for (Record row : rows) {
                if (column.isUnbound(serverKey, row.get(column.column()))) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Seals everything for its row that is not.
     *
     * @throws CannotTellException if the database did not answer
     */
    public void run() throws CannotTellException {
        try {
            database.sql().connection(connection -> {
                // The lock belongs to the database connection, and ends with it.
                DSLContext holder = using(connection, SQLDialect.POSTGRES);
                holder.execute("select pg_advisory_lock({0})", inline(LOCK));
                try {
                    if (doneAt(holder).isEmpty()) {
                        bindAll();
                    }
                } finally {
                    holder.execute("select pg_advisory_unlock({0})", inline(LOCK));
                }
            });
        } catch (DataAccessException silent) {
            throw new CannotTellException("the database did not answer (" + silent.sqlState() + ")", silent);
        }
    }

    private void bindAll() {
        for (SealedColumn column : SealedColumns.ALL) {
            long before = done;
            database.sql().transaction(transaction -> bind(transaction.dsl(), column));
            if (done > before) {
                progress.accept(
                        String.format(Locale.ROOT, "sealed %,d values of %s for their rows", done - before, column));
            }
        }
        database.sql()
                .insertInto(SEALED_FOR_ROWS)
                .defaultValues()
                .onConflictDoNothing()
                .execute();
    }

    private void bind(DSLContext tx, SealedColumn column) {
        List<Query> changes = new ArrayList<>();
        long octets = 0;
        try (Cursor<Record> rows = values(tx, column, column.rows())) {
            for (Record row : rows) {
                byte[] sealed = row.get(column.column());
                bound(column, sealed, column.row(row))
                        .ifPresentOrElse(
                                fresh -> changes.add(tx.update(column.column().getTable())
                                        .set(column.column(), fresh)
                                        .where(is(column, row))
                                        .and(column.column().eq(sealed))),
                                () -> judge(tx, column, sealed, column.row(row)));
                octets += sealed.length;
                if (changes.size() >= AT_A_TIME || octets >= OCTETS_AT_A_TIME) {
                    write(tx, changes);
                    octets = 0;
                }
            }
        }
        write(tx, changes);
    }

    private Optional<byte[]> bound(SealedColumn column, byte[] sealed, Object[] row) {
        try {
            return Optional.of(column.seal(serverKey, serverKey.openUnbound(sealed, column.purpose()), row));
        } catch (SealedException bound) {
            return Optional.empty();
        }
    }

    private void judge(DSLContext tx, SealedColumn column, byte[] sealed, Object[] row) {
        try {
            column.open(serverKey, sealed, row);
        } catch (SealedException neither) {
            WrongRows.report(tx, column.wrong(row));
        }
    }

    private void write(DSLContext tx, List<Query> changes) {
        if (!changes.isEmpty()) {
            tx.batch(changes).execute();
            done += changes.size();
            changes.clear();
        }
    }

    static Cursor<Record> values(DSLContext tx, SealedColumn column, Condition which) {
        List<Field<?>> fields = new ArrayList<>(column.key());
        fields.add(column.column());
        return tx.select(fields)
                .from(column.column().getTable())
                .where(column.column().isNotNull(), which)
                .fetchSize(column.column().getName().equals(LARGE) ? 1 : AT_A_TIME)
                .fetchLazy();
    }

    private static Condition is(SealedColumn column, Record row) {
        Condition is = DSL.noCondition();
        for (Field<?> part : column.key()) {
            is = is.and(equal(part, row));
        }
        return is;
    }

    private static <T> Condition equal(Field<T> part, Record row) {
        return part.eq(row.get(part));
    }
}
