package org.therapost.domain.journeys;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.record.ChangedRows;

/** Tells therapists of threads about which somebody changed the database. */
public final class TellChangedRows {

    private final ChangedRows changedRows;
    private final NoteFiling noteFiling;

    public TellChangedRows(ChangedRows changedRows, NoteFiling noteFiling) {
        this.changedRows = changedRows;
        this.noteFiling = noteFiling;
    }

    /**
     * Tells of all of which nobody was told; at most once a day of one thread, however many processes do this.
     *
     * @return how many could not be told of now
     * @throws CannotTellException if the database gave no answer
     */
    public int tell() throws CannotTellException {
        int untold = 0;
        for (ChangedRows.Changed changed : changedRows.untold()) {
            try {
                noteFiling.onceADay(
                        changed.therapist(),
                        new OfficeNote.ThreadChanged(changed.address()),
                        changed.thread().value().toString());
                changedRows.told(changed.thread());
            } catch (CannotTellException | RuntimeException notThisOne) {
                // One note that cannot be written must not keep all others.
                untold++;
            }
        }
        return untold;
    }
}
