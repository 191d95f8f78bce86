package org.therapost.storage.james.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.storage.queue.ParcelRows;

/**
 * Notices that the database's clock was set back, and mends what was written by the clock before: else a parcel posted a
 * moment ago would wait for as long as the step was, and so would what a dead process held. A step forward needs no
 * mending: pauses and leases end early, and a lease that has ended early is noticed before the final dot.
 *
 * <p>Mending twice, or by several processes, changes nothing more.
 */
final class ClockStepDetector {

    private static final Logger LOG = LoggerFactory.getLogger(ClockStepDetector.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    // No parcel is put off for longer.
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);
    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private @Nullable Instant seen;
    private long seenAt;

    /** Looks at the database's clock, if it is time. */
    void look(DSLContext on) {
        long now = System.nanoTime();
        if (seen != null && now - seenAt < LOOK_EVERY.toNanos()) {
            return;
        }
        Instant clock = on.select(CLOCK).fetchSingle().value1();
        // With a new connection nobody knows what has happened meanwhile.
        if (seen == null || clock.isBefore(seen.plusNanos(now - seenAt).minus(TOLERANCE))) {
            mend(on);
        }
        seen = clock;
        seenAt = now;
    }

    private static void mend(DSLContext on) {
        int early = on.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.ENQUEUED_AT, CLOCK)
                .set(
                        MAIL_QUEUE.NOT_BEFORE,
                        DSL.field(
                                "clock_timestamp() + ({0} - {1})",
                                Instant.class, MAIL_QUEUE.NOT_BEFORE, MAIL_QUEUE.ENQUEUED_AT))
                .where(MAIL_QUEUE.ENQUEUED_AT.gt(Leases.in(TOLERANCE)))
                .execute();
        int late = on.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, Leases.in(LONGEST_PAUSE))
                .where(MAIL_QUEUE.QUEUE.eq(ParcelRows.SPOOL))
                .and(MAIL_QUEUE.CARRIAGE.isNotNull())
                .and(MAIL_QUEUE.NOT_BEFORE.gt(Leases.in(LONGEST_PAUSE)))
                .execute();
        int leased = on.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASED_UNTIL, Leases.end())
                .where(MAIL_QUEUE.LEASED_UNTIL.gt(Leases.in(Leases.TERM.plus(TOLERANCE))))
                .execute();
        if (early + late + leased > 0) {
            LOG.warn(
                    "the database's clock was set back; the times of {} queue items were corrected",
                    early + late + leased);
        }
    }
}
