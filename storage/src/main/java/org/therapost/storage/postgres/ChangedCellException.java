package org.therapost.storage.postgres;

import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * A sealed value does not open where it stands: somebody changed it or put it there, or it was sealed with another server key. It is
 * thrown where rows are read, where nothing checked can be; {@link Database#ask} remembers the row and cannot tell.
 */
public final class ChangedCellException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WrongRow wrong;

    public ChangedCellException(WrongRow wrong, Throwable cause) {
        super(wrong.sentence(), cause);
        this.wrong = wrong;
    }

    /** The row whose value it is. */
    public WrongRow wrong() {
        return wrong;
    }
}
