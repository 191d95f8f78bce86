package org.therapost.storage.cells;

import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** Opens every sealed value in its place; remembers those that do not open, and forgets those that do again. */
public final class CellVerification {

    private final Database database;
    private final ServerKey serverKey;

    public CellVerification(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
    }

    /**
     * Opens all values, or those of one thread.
     *
     * @return rows with values that were not sealed for them
     * @throws CannotTellException if the database did not answer
     */
    public List<WrongRow> verify(Optional<ThreadId> only) throws CannotTellException {
        List<WrongRow> wrong = new ArrayList<>();
        for (SealedColumn column : SealedColumns.ALL) {
            wrong.addAll(database.transact(tx -> verify(tx, column, only)));
        }
        return wrong;
    }

    private List<WrongRow> verify(DSLContext tx, SealedColumn column, Optional<ThreadId> only) {
        List<WrongRow> wrong = new ArrayList<>();
        if (only.isPresent() && column.ofThread(only.get()).isEmpty()) {
            return wrong;
        }
        try (Cursor<Record> rows =
                CellBinding.values(tx, column, only.flatMap(column::ofThread).orElse(column.rows()))) {
            for (Record row : rows) {
                if (!opens(column, row)) {
                    wrong.add(column.wrong(column.row(row)));
                }
            }
        }
        remember(tx, column, only, wrong);
        return wrong;
    }

    private static void remember(DSLContext tx, SealedColumn column, Optional<ThreadId> only, List<WrongRow> wrong) {
        Set<WrongRow> still = wrong.stream().collect(Collectors.toSet());
        WrongRows.all(tx, WRONG_ROW.TABLE_NAME.eq(column.table()).and(WRONG_ROW.FAULT.eq(column.fault()))).stream()
                .filter(row -> only.isEmpty() || row.thread().equals(only))
                .filter(row -> !still.contains(row))
                .forEach(row -> WrongRows.forget(tx, row));
        wrong.forEach(row -> WrongRows.report(tx, row));
    }

    private boolean opens(SealedColumn column, Record row) {
        try {
            column.open(serverKey, row.get(column.column()), column.row(row));
            return true;
        } catch (SealedException changed) {
            return false;
        }
    }
}
