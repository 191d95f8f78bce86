package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.SCHEDULED_TASKS;
import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.therapost.domain.conversation.ThreadId;

/**
 * Wakings as rows of db-scheduler's table, written in the transaction of the step that wants them. Each is named by its
 * thread and a number of its own: one that is being carried out never stands in the way of the next.
 */
final class WakeUpRows {

    /** The name of the task. */
    static final String TASK = "wake";

    /** The step that hears of an arrival follows at once. */
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(1);

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private WakeUpRows() {}

    /** Takes back what was set and not begun, and sets a waking. */
    static void set(DSLContext tx, ThreadId thread, long number, Instant at) {
        takeBack(tx, thread);
        tx.insertInto(SCHEDULED_TASKS)
                .set(SCHEDULED_TASKS.TASK_NAME, TASK)
                .set(SCHEDULED_TASKS.TASK_INSTANCE, thread.value() + "/" + number)
                .set(SCHEDULED_TASKS.EXECUTION_TIME, at)
                .set(SCHEDULED_TASKS.PICKED, false)
                .set(SCHEDULED_TASKS.VERSION, 1L)
                .execute();
    }

    static void takeBack(DSLContext tx, ThreadId thread) {
        tx.deleteFrom(SCHEDULED_TASKS)
                .where(
                        SCHEDULED_TASKS.TASK_NAME.eq(TASK),
                        SCHEDULED_TASKS.TASK_INSTANCE.between(thread.value() + "/", thread.value() + "0"),
                        SCHEDULED_TASKS.PICKED.isFalse())
                .execute();
    }

    /** Wakes every thread that has a timetable, now: what was due while no process ran, and what time-zone data moved. */
    static void setAll(DSLContext tx) {
        tx.insertInto(SCHEDULED_TASKS)
                .columns(
                        SCHEDULED_TASKS.TASK_NAME,
                        SCHEDULED_TASKS.TASK_INSTANCE,
                        SCHEDULED_TASKS.EXECUTION_TIME,
                        SCHEDULED_TASKS.PICKED,
                        SCHEDULED_TASKS.VERSION)
                .select(DSL.select(
                                DSL.inline(TASK),
                                DSL.concat(
                                        TIMETABLE.THREAD_ID.cast(String.class),
                                        DSL.inline("/start-" + UUID.randomUUID())),
                                CLOCK,
                                DSL.inline(false),
                                DSL.inline(1L))
                        .from(TIMETABLE))
                .execute();
    }

    /** Wakes the threads whose letters have arrived and that have not heard of it: the step that followed then failed. */
    static void setForArrived(DSLContext tx) {
        tx.insertInto(SCHEDULED_TASKS)
                .columns(
                        SCHEDULED_TASKS.TASK_NAME,
                        SCHEDULED_TASKS.TASK_INSTANCE,
                        SCHEDULED_TASKS.EXECUTION_TIME,
                        SCHEDULED_TASKS.PICKED,
                        SCHEDULED_TASKS.VERSION)
                .select(DSL.selectDistinct(
                                DSL.inline(TASK),
                                DSL.concat(TIMETABLE.THREAD_ID.cast(String.class), DSL.inline("/arrived")),
                                DSL.currentInstant(),
                                DSL.inline(false),
                                DSL.inline(1L))
                        .from(TIMETABLE)
                        .join(LETTER_DELIVERED)
                        .on(LETTER_DELIVERED.THREAD_ID.eq(TIMETABLE.THREAD_ID))
                        .where(LETTER_DELIVERED.DELIVERED_AT.lt(CLOCK.minus(DayToSecond.valueOf(HEARD_WITHIN)))))
                .onConflictDoNothing()
                .execute();
    }

    /** The thread that a waking names. */
    static ThreadId thread(String instance) {
        return new ThreadId(UUID.fromString(instance.substring(0, instance.indexOf('/'))));
    }
}
