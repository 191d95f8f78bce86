package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.GATEWAY;
import static org.therapost.storage.generated.Tables.GATEWAY_OUTAGE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.storage.postgres.Database;

/**
 * Keeps a row that says when a process of the gateway was last alive, so that a time that nobody served is known as one. It
 * also tells how far this machine's clock is from the database's, which alone decides.
 */
final class Heartbeat {

    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofDays(90);
    private static final long LOCK = 0x7468657261706f73L;
    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final Database database;
    private final Clock clock;
    private final UUID process = UUID.randomUUID();
    private volatile Duration offset = Duration.ZERO;

    Heartbeat(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Begins to be alive: if nobody was for more than a minute, that time is noted, before anything else happens. */
    void begin() throws CannotTellException {
        beat();
    }

    /** Is alive. A silence that ends with this beat is noted as an outage. */
    void beat() throws CannotTellException {
        Instant now = database.transact(tx -> {
            // Of several processes that start together only one notes the silence.
            tx.select(DSL.field("pg_advisory_xact_lock({0})", Object.class, DSL.inline(LOCK)))
                    .fetch();
            Instant instant = tx.select(CLOCK).fetchSingle(CLOCK);
            noteSilence(tx, instant);
            tx.insertInto(GATEWAY)
                    .set(GATEWAY.PROCESS, process)
                    .set(GATEWAY.SEEN_AT, instant)
                    .onConflict(GATEWAY.PROCESS)
                    .doUpdate()
                    .set(GATEWAY.SEEN_AT, instant)
                    .execute();
            return instant;
        });
        offset = Duration.between(clock.instant(), now);
    }

    private static void noteSilence(DSLContext tx, Instant now) {
        Instant last = tx.select(DSL.max(GATEWAY.SEEN_AT)).from(GATEWAY).fetchOne(0, Instant.class);
        if (last != null && last.plus(SILENCE).isBefore(now)) {
            tx.insertInto(GATEWAY_OUTAGE)
                    .set(GATEWAY_OUTAGE.BEGAN_AT, last)
                    .set(GATEWAY_OUTAGE.ENDED_AT, now)
                    .onConflictDoNothing()
                    .execute();
        }
        tx.deleteFrom(GATEWAY).where(GATEWAY.SEEN_AT.lt(now.minus(SILENCE))).execute();
        tx.deleteFrom(GATEWAY_OUTAGE)
                .where(GATEWAY_OUTAGE.ENDED_AT.lt(now.minus(FORGOTTEN)))
                .execute();
    }

    /** The database's time, as well as this machine knows it. */
    Instant now() {
        return clock.instant().plus(offset);
    }

    /** How far the database's clock is ahead of this machine's, at the last beat. */
    Duration offset() {
        return offset;
    }
}
