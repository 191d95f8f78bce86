package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.time.Instant;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.therapost.storage.generated.tables.MailQueue;

/**
 * The order in which parcels leave: mail to one client by one carriage goes as it was accepted (docs/sessions.md section 9). A line
 * is what stands in the spool for one thread and one carriage, by {@code sequence}.
 *
 * <p>The rule is {@link #mayLeave}, a part of the statement that takes the next parcel: it holds for any number of
 * processes, and whatever happens to them. The times in {@code not_before} only keep that statement cheap: a parcel that
 * cannot leave because the one before it was put off is put off with it, so that nobody looks at it again and again.
 */
public final class DeliveryOrder {

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);
    private static final Field<Instant> NOW = DSL.field("now()", Instant.class);
    private static final MailQueue EARLIER = MAIL_QUEUE.as("earlier");

    private DeliveryOrder() {}

    /** Whether a row need not wait for another one of its line; what is no parcel stands in no line. */
    public static Condition mayLeave(MailQueue row) {
        return row.THREAD_ID
                .isNull()
                .or(row.ASIDE_AT.isNotNull())
                .or(row.OVERTAKES_FROM.le(NOW))
                .or(DSL.notExists(DSL.selectOne()
                        .from(EARLIER)
                        .where(EARLIER.THREAD_ID.eq(row.THREAD_ID))
                        .and(EARLIER.CARRIAGE.eq(row.CARRIAGE))
                        .and(EARLIER.SEQUENCE.lt(row.SEQUENCE))
                        .and(EARLIER.ASIDE_AT.isNull())
                        .and(EARLIER.QUEUE.eq(DSL.inline(ParcelRows.SPOOL)))));
    }

    /** When a parcel that joins a line can leave at the earliest: not before those that stand there. */
    static Field<Instant> joining(UUID thread, String carriage) {
        return DSL.greatest(
                CLOCK,
                DSL.field(DSL.select(DSL.max(EARLIER.NOT_BEFORE))
                        .from(EARLIER)
                        .where(EARLIER.THREAD_ID.eq(thread))
                        .and(EARLIER.CARRIAGE.eq(carriage))
                        .and(EARLIER.ASIDE_AT.isNull())
                        .and(EARLIER.QUEUE.eq(DSL.inline(ParcelRows.SPOOL)))));
    }

    /** Those behind a parcel that was put off wait as long as it does. */
    static void holdUp(DSLContext transaction, Place place) {
        transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, place.notBefore())
                .where(inLine(place))
                .and(MAIL_QUEUE.SEQUENCE.gt(place.sequence()))
                .and(MAIL_QUEUE.NOT_BEFORE.lt(place.notBefore()))
                .and(MAIL_QUEUE.OVERTAKES_FROM.isNull())
                .execute();
    }

    /** Those behind a parcel that was set aside go now. */
    static void letGo(DSLContext transaction, Place place) {
        transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, CLOCK)
                .where(inLine(place))
                .and(MAIL_QUEUE.SEQUENCE.gt(place.sequence()))
                .and(MAIL_QUEUE.NOT_BEFORE.gt(CLOCK))
                .execute();
        ParcelRows.announce(transaction, ParcelRows.SPOOL);
    }

    /** Those that were set aside take their places again: the server does not take the next ones either. */
    static void restore(DSLContext transaction, Place place) {
        transaction
                .update(MAIL_QUEUE)
                .setNull(MAIL_QUEUE.ASIDE_AT)
                .where(inLine(place))
                .and(MAIL_QUEUE.ASIDE_AT.isNotNull())
                .execute();
    }

    /**
     * A window is open: what was put off as if nobody waited for it is tried now.
     *
     * @param all whether also what was put off in a window before
     */
    static void hurry(DSLContext transaction, UUID thread, int priority, boolean all) {
        transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.PRIORITY, (short) priority)
                .set(MAIL_QUEUE.NOT_BEFORE, DSL.least(MAIL_QUEUE.NOT_BEFORE, CLOCK))
                .where(MAIL_QUEUE.THREAD_ID.eq(thread))
                .and(MAIL_QUEUE.QUEUE.eq(ParcelRows.SPOOL))
                .and(all ? DSL.noCondition() : MAIL_QUEUE.PRIORITY.lt((short) priority))
                .execute();
    }

    private static Condition inLine(Place place) {
        return MAIL_QUEUE
                .THREAD_ID
                .eq(place.thread())
                .and(MAIL_QUEUE.CARRIAGE.eq(place.carriage()))
                .and(MAIL_QUEUE.QUEUE.eq(ParcelRows.SPOOL));
    }

    /** Where a parcel stands. */
    record Place(UUID thread, String carriage, long sequence, Instant notBefore) {}
}
