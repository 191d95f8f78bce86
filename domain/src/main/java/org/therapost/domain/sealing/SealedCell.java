package org.therapost.domain.sealing;

import java.util.List;

/**
 * The place of a sealed value in the database. What was sealed for one place opens in no other, so that nobody who can write to
 * the database, and has not the server key, can give one client another client's address.
 *
 * @param purpose what the value is
 * @param table the table's name
 * @param column the column's name
 * @param row the key of the row, column by column; no part contains NUL, which PostgreSQL does not store either
 */
public record SealedCell(SealingPurpose purpose, String table, String column, List<String> row) {

    private static final String NEXT = "\0";

    public SealedCell {
        row = List.copyOf(row);
        if (row.isEmpty() || row.stream().anyMatch(part -> part.contains(NEXT))) {
            throw new IllegalArgumentException("no key of a row");
        }
    }

    /** What stands beside the ciphertext as associated data. It never changes: with another one, nothing stored would open. */
    String associated() {
        // The number of a row's parts follows from table and column.
        return String.join(NEXT, purpose.label(), table, column, String.join(NEXT, row));
    }
}
