package org.therapost.storage.james.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.util.UUID;
import org.jooq.Condition;

/** The right to work on an item: what is stored in its row must still be this id. */
record Lease(UUID item, UUID id) {

    /** The row, if it still is under this lease. */
    Condition row() {
        return MAIL_QUEUE.ID.eq(item).and(MAIL_QUEUE.LEASE.eq(id));
    }
}
