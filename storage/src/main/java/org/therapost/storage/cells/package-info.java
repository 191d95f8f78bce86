/**
 * Sealed columns. A value that is sealed with the server key opens only in its table, column and row: whoever can write to the
 * database, and has not the key, cannot put one client's address into another client's thread. {@link
 * org.therapost.storage.cells.SealedColumns} lists all of them. Values of earlier releases, which opened in any row, are sealed
 * anew once, by {@link org.therapost.storage.cells.CellBinding}.
 */
@NullMarked
package org.therapost.storage.cells;

import org.jspecify.annotations.NullMarked;
