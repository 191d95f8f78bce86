package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Timetable.Arrived;
import org.therapost.domain.sessions.model.Timetable.EventLetter;
import org.therapost.domain.sessions.model.Timetable.OnItsWay;
import org.therapost.domain.sessions.step.Timetables.Letter;

/** Our letters about events, while no server of the client's has taken them. */
final class LetterRows {

    private final ColumnValues columnValues;

    LetterRows(ColumnValues columnValues) {
        this.columnValues = columnValues;
    }

    // A letter that an attempt holds is as good as gone.
    private static Condition waits() {
        return MAIL_QUEUE
                .LEASED_UNTIL
                .isNull()
                .or(MAIL_QUEUE.LEASED_UNTIL.lt(DSL.field("clock_timestamp()", Instant.class)));
    }

    /**
     * The letters that have not left.
     *
     * @param locked whether they stay so until the transaction ends
     */
    List<OnItsWay> onTheirWay(DSLContext on, ThreadId thread, List<Series> events, boolean locked) {
        var letters = on.select(MAIL_QUEUE.EVENT_MAC, MAIL_QUEUE.FIRST_OF_EVENT)
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.THREAD_ID.eq(thread.value()), MAIL_QUEUE.EVENT_MAC.isNotNull(), waits());
        ResultQuery<Record2<byte[], Boolean>> read =
                locked ? letters.forUpdate().skipLocked() : letters;
        List<Record2<byte[], Boolean>> rows = read.fetch();
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<ByteBuffer, String> uids = new HashMap<>();
        events.forEach(event -> uids.put(ByteBuffer.wrap(columnValues.mac(thread, event.uid())), event.uid()));
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(uids.get(ByteBuffer.wrap(row.value1())))
                        .map(uid -> new OnItsWay(uid, row.value2() ? EventLetter.INVITATION : EventLetter.LATER))
                        .stream())
                .toList();
    }

    /** The letters that a server of the client's has taken, as far as no step has seen it. */
    static List<Arrived> arrived(DSLContext on, ThreadId thread) {
        return on.select(LETTER_DELIVERED.PARCEL_ID, LETTER_DELIVERED.DELIVERED_AT)
                .from(LETTER_DELIVERED)
                .where(LETTER_DELIVERED.THREAD_ID.eq(thread.value()))
                .fetch(row -> new Arrived(new NoticeId(row.value1()), row.value2()));
    }

    /** A step has seen that they arrived. */
    static void seen(DSLContext tx, List<Arrived> letters) {
        if (!letters.isEmpty()) {
            tx.deleteFrom(LETTER_DELIVERED)
                    .where(LETTER_DELIVERED.PARCEL_ID.in(letters.stream()
                            .map(arrived -> arrived.letter().value())
                            .toList()))
                    .execute();
        }
    }

    /** Says of a parcel that was posted which event it is about. */
    void mark(DSLContext tx, ThreadId thread, Letter letter) {
        tx.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.EVENT_MAC, columnValues.mac(thread, letter.uid()))
                .set(MAIL_QUEUE.FIRST_OF_EVENT, letter.letter() == EventLetter.INVITATION)
                .where(MAIL_QUEUE.ID.eq(letter.parcel().id().value()))
                .execute();
    }

    void withdraw(DSLContext tx, ThreadId thread, String uid) {
        tx.deleteFrom(MAIL_QUEUE)
                .where(
                        MAIL_QUEUE.THREAD_ID.eq(thread.value()),
                        MAIL_QUEUE.EVENT_MAC.eq(columnValues.mac(thread, uid)),
                        waits())
                .execute();
    }

    void withdraw(DSLContext tx, ThreadId thread, NoticeId notice) {
        tx.deleteFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.THREAD_ID.eq(thread.value()), MAIL_QUEUE.ID.eq(notice.value()), waits())
                .execute();
    }
}
