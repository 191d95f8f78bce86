package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.SESSION_ANSWER;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.Timetable.Answer;
import org.therapost.storage.cells.SealedColumns;

/** Rows of the client's answers to invitations. */
final class AnswerRows {

    private final ColumnValues columnValues;

    AnswerRows(ColumnValues columnValues) {
        this.columnValues = columnValues;
    }

    List<Answer> read(DSLContext on, ThreadId thread, ColumnValues.Uids uids) {
        return on.selectFrom(SESSION_ANSWER)
                .where(SESSION_ANSWER.THREAD_ID.eq(thread.value()))
                .orderBy(SESSION_ANSWER.STAMP, SESSION_ANSWER.UID_MAC, SESSION_ANSWER.RECURRENCE_ID)
                .fetch(row -> new Answer(
                        new WindowKey(
                                uids.open(
                                        SealedColumns.ANSWER_UID,
                                        row.getThreadId(),
                                        row.getUidMac(),
                                        row.getUidSealed()),
                                Optional.ofNullable(row.getRecurrenceId())),
                        new Revision(row.getSequence(), row.getStamp()),
                        ColumnValues.constant(Participation.class, row.getParticipation())));
    }

    void write(DSLContext tx, ThreadId thread, List<Answer> next) {
        tx.deleteFrom(SESSION_ANSWER)
                .where(SESSION_ANSWER.THREAD_ID.eq(thread.value()))
                .execute();
        next.forEach(answer -> tx.insertInto(SESSION_ANSWER)
                .set(SESSION_ANSWER.THREAD_ID, thread.value())
                .set(
                        SESSION_ANSWER.UID_MAC,
                        columnValues.mac(thread, answer.key().uid()))
                .set(
                        SESSION_ANSWER.UID_SEALED,
                        columnValues.sealUid(
                                SealedColumns.ANSWER_UID, thread, answer.key().uid()))
                .set(SESSION_ANSWER.RECURRENCE_ID, answer.key().recurrenceId().orElse(null))
                .set(SESSION_ANSWER.SEQUENCE, answer.revision().sequence())
                .set(SESSION_ANSWER.STAMP, answer.revision().stamp())
                .set(SESSION_ANSWER.PARTICIPATION, ColumnValues.text(answer.participation()))
                .execute());
    }
}
