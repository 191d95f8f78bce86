package org.therapost.storage.cells;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.noCondition;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealedCell;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** A column of values that are sealed with the server key, each for its row. */
public final class SealedColumn {

    private static final int SHOWN = 8;

    private final TableField<?, byte[]> column;
    private final SealingPurpose purpose;
    private final List<TableField<?, ?>> key;
    private final Condition rows;

    private SealedColumn(
            TableField<?, byte[]> column, SealingPurpose purpose, List<TableField<?, ?>> key, Condition rows) {
        this.column = column;
        this.purpose = purpose;
        this.key = key;
        this.rows = rows;
    }

    /**
     * A column.
     *
     * @param key the columns that name a row, in the order in which the values of {@code row} are given everywhere else
     */
    static SealedColumn of(TableField<?, byte[]> column, SealingPurpose purpose, TableField<?, ?>... key) {
        return new SealedColumn(column, purpose, List.of(key), noCondition());
    }

    /** The same for some of the table's rows. */
    SealedColumn where(Condition some) {
        return new SealedColumn(column, purpose, key, some);
    }

    TableField<?, byte[]> column() {
        return column;
    }

    SealingPurpose purpose() {
        return purpose;
    }

    List<TableField<?, ?>> key() {
        return key;
    }

    Condition rows() {
        return rows;
    }

    /** Seals octets for a row. */
    public byte[] seal(ServerKey serverKey, byte[] plain, Object... row) {
        return serverKey.seal(plain, cell(row));
    }

    /** Seals text (UTF-8) for a row. */
    public byte[] seal(ServerKey serverKey, String plain, Object... row) {
        return seal(serverKey, plain.getBytes(UTF_8), row);
    }

    /**
     * Opens the value of a row.
     *
     * @throws SealedException if it was not sealed for this row, or is damaged, or the server key is another one
     */
    public byte[] open(ServerKey serverKey, byte[] sealed, Object... row) throws SealedException {
        return serverKey.open(sealed, cell(row));
    }

    /**
     * Opens the text (UTF-8) of a row.
     *
     * @throws SealedException as {@link #open} does
     */
    public String openText(ServerKey serverKey, byte[] sealed, Object... row) throws SealedException {
        return new String(open(serverKey, sealed, row), UTF_8);
    }

    /**
     * Opens the value of a row within a question to the database.
     *
     * @throws ChangedRowException if it was not sealed for this row, or is damaged, or the server key is another one
     */
    public byte[] read(ServerKey serverKey, byte[] sealed, Object... row) {
        try {
            return open(serverKey, sealed, row);
        } catch (SealedException changed) {
            throw new ChangedRowException(wrong(row), changed);
        }
    }

    /**
     * Opens the text (UTF-8) of a row within a question to the database.
     *
     * @throws ChangedRowException as {@link #read} does
     */
    public String readText(ServerKey serverKey, byte[] sealed, Object... row) {
        return new String(read(serverKey, sealed, row), UTF_8);
    }

    /** Whether this key sealed the value of a row, for the row or, before there were rows, for its purpose alone. */
    public boolean isOfKey(ServerKey serverKey, byte[] sealed, Object... row) {
        try {
            open(serverKey, sealed, row);
            return true;
        } catch (SealedException notForTheRow) {
            return isUnbound(serverKey, sealed);
        }
    }

    /** Whether a value opens in any row, as those of earlier releases did. */
    boolean isUnbound(ServerKey serverKey, byte[] sealed) {
        try {
            serverKey.openUnbound(sealed, purpose);
            return true;
        } catch (SealedException bound) {
            return false;
        }
    }

    /** The values of the key in a row that was selected. */
    Object[] row(Record selected) {
        return key.stream().map(selected::get).toArray();
    }

    /** What is remembered of a value that does not open. */
    WrongRow wrong(Object... row) {
        return new WrongRow(table(), label(row), fault(), thread(row), Optional.empty());
    }

    /** What is remembered of values of this column that do not open. */
    String fault() {
        return column.getName() + " was not sealed for this row";
    }

    /** The rows of a thread; empty if rows of this table are not of threads. */
    Optional<Condition> ofThread(ThreadId thread) {
        return key.stream()
                .filter(this::isThread)
                .findFirst()
                .map(part -> rows.and(part.coerce(UUID.class).eq(thread.value())));
    }

    private boolean isThread(TableField<?, ?> part) {
        return part.getName().equals("thread_id") || table().equals("thread");
    }

    private SealedCell cell(Object... row) {
        if (row.length != key.size()) {
            throw new IllegalArgumentException("a row of " + table() + " is named by " + key);
        }
        List<String> parts = new ArrayList<>();
        for (Object part : row) {
            parts.add(text(part));
        }
        return new SealedCell(purpose, table(), column.getName(), parts);
    }

    String table() {
        return Objects.requireNonNull(column.getTable()).getName();
    }

    private static String text(@Nullable Object part) {
        return part instanceof byte[] octets ? HexFormat.of().formatHex(octets) : String.valueOf(part);
    }

    /** Names a row for an operator: ids, the beginnings of pseudonyms, no login name. */
    private String label(Object... row) {
        List<String> shown = new ArrayList<>();
        for (Object part : row) {
            if (part instanceof byte[]) {
                shown.add(text(part).substring(0, SHOWN));
            } else if (part instanceof UUID || part instanceof Number) {
                shown.add(text(part));
            }
        }
        return String.join(" ", shown);
    }

    private Optional<ThreadId> thread(Object... row) {
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof UUID id && isThread(key.get(i))) {
                return Optional.of(new ThreadId(id));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return table() + "." + column.getName();
    }
}
