package org.therapost.storage.james.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.therapost.storage.queue.ParcelRows;

/**
 * The leases of this process. They are short, so that a crash delays nothing for long, and are renewed while the work on
 * an item lasts, however long that is. Several processes need not know of each other: only the database's clock decides
 * whether a lease has run out, and who holds a lease is decided by its random id alone.
 */
final class Leases {

    /** How long an item is lost when its process is killed. */
    static final Duration TERM = ParcelRows.LEASE;

    private static final Duration RENEWED_EVERY = Duration.ofSeconds(5);
    private static final Duration DOUBTFUL_AFTER = Duration.ofSeconds(20);

    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private final Set<Lease> unsettled = ConcurrentHashMap.newKeySet();
    private volatile long renewedAt = System.nanoTime();

    /** A lease was taken and is to be renewed. */
    void hold(Lease lease) {
        if (held.isEmpty()) {
            renewedAt = System.nanoTime();
        }
        held.add(lease);
    }

    /** Nothing is to be renewed any more. */
    void forget(Lease lease) {
        held.remove(lease);
    }

    /** The rows that are under a lease of this process. */
    Condition rows() {
        List<Lease> now = List.copyOf(held);
        return MAIL_QUEUE
                .ID
                .in(now.stream().map(Lease::item).toList())
                .and(MAIL_QUEUE.LEASE.in(now.stream().map(Lease::id).toList()));
    }

    /**
     * Whether leases of this process may have run out without its notice (the machine slept, the database was away). Then
     * it must not take new items: they could be its own.
     */
    boolean doubtful() {
        return !held.isEmpty() && System.nanoTime() - renewedAt > DOUBTFUL_AFTER.toNanos();
    }

    /**
     * Deletes an item that is finished. If the database does not answer, the lease is kept and the deletion repeated: the
     * mail has been carried and must not be carried again.
     */
    void settle(DSLContext on, Lease lease) {
        try {
            ParcelRows.delivered(on, lease.item(), lease.id());
            forget(lease);
        } catch (DataAccessException away) {
            unsettled.add(lease);
        }
    }

    /** Repeats what was not confirmed and renews what is held, when it is time. */
    void keep(DSLContext on) {
        for (Lease lease : List.copyOf(unsettled)) {
            ParcelRows.delivered(on, lease.item(), lease.id());
            unsettled.remove(lease);
            forget(lease);
        }
        long now = System.nanoTime();
        if (held.isEmpty() || now - renewedAt < RENEWED_EVERY.toNanos()) {
            return;
        }
        on.update(MAIL_QUEUE).set(MAIL_QUEUE.LEASED_UNTIL, end()).where(rows()).execute();
        renewedAt = now;
    }

    /** When a lease taken or renewed now runs out. */
    static Field<Instant> end() {
        return in(TERM);
    }

    /** An instant by the database's clock. */
    static Field<Instant> in(Duration delay) {
        return DSL.field(
                "clock_timestamp() + {0} * interval '1 millisecond'",
                Instant.class, DSL.val((double) delay.toMillis()));
    }
}
