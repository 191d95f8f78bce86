package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.GATEWAY_OUTAGE;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.SESSION_WINDOW;
import static org.therapost.storage.generated.Tables.THREAD;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.model.Timetable.OnItsWay;
import org.therapost.domain.sessions.model.Timetable.Surroundings;
import org.therapost.storage.queue.ParcelRows;

/** What a timetable has to know beyond its thread. */
final class SurroundingsQuery {

    // Held mail waits for a week at most; what lies further back changes no decision.
    private static final int DAYS = 14;

    private SurroundingsQuery() {}

    /** @param onTheirWay as in {@link Surroundings} */
    static Surroundings of(DSLContext on, ThreadId thread, List<OnItsWay> onTheirWay) {
        return new Surroundings(
                on.select(GATEWAY_OUTAGE.BEGAN_AT, GATEWAY_OUTAGE.ENDED_AT)
                        .from(GATEWAY_OUTAGE)
                        .where(GATEWAY_OUTAGE.ENDED_AT.gt(
                                DSL.currentInstant().minus(DayToSecond.valueOf(java.time.Duration.ofDays(DAYS)))))
                        .orderBy(GATEWAY_OUTAGE.BEGAN_AT)
                        .fetch(row -> new TimeSpan(row.value1(), row.value2())),
                on.select(SESSION_WINDOW.OPENS_AT, SESSION_WINDOW.CLOSES_AT)
                        .from(SESSION_WINDOW)
                        .join(THREAD)
                        .on(THREAD.ID.eq(SESSION_WINDOW.THREAD_ID))
                        .where(
                                SESSION_WINDOW.STATE.in("proposed", "confirmed", "open", "grace"),
                                THREAD.ID.ne(thread.value()),
                                THREAD.THERAPIST_ID.eq(DSL.select(THREAD.as("this").THERAPIST_ID)
                                        .from(THREAD.as("this"))
                                        .where(THREAD.as("this").ID.eq(thread.value()))))
                        .orderBy(SESSION_WINDOW.OPENS_AT)
                        .fetch(row -> new TimeSpan(row.value1(), row.value2())),
                on.fetchCount(
                        MAIL_QUEUE,
                        MAIL_QUEUE.THREAD_ID.eq(thread.value()).and(MAIL_QUEUE.QUEUE.eq(ParcelRows.AT_OPEN))),
                // The journey knows the client's keys and consents, and says so.
                true,
                onTheirWay,
                LetterRows.arrived(on, thread));
    }
}
