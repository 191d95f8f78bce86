package org.therapost.storage.postgres;

import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * A row is not as this server wrote it: a sealed value does not open where it stands, or a certificate is not the one that was bound.
 * It is thrown where rows are read, where nothing checked can be; {@link Database#ask} remembers the row and cannot tell.
 */
public final class ChangedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WrongRow wrong;

    public ChangedRowException(WrongRow wrong) {
        super(wrong.sentence());
        this.wrong = wrong;
    }

    public ChangedRowException(WrongRow wrong, Throwable cause) {
        super(wrong.sentence(), cause);
        this.wrong = wrong;
    }

    /** The row. */
    public WrongRow wrong() {
        return wrong;
    }
}
