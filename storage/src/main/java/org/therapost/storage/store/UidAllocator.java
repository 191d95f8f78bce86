package org.therapost.storage.store;

import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.MAILBOX;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.UpdateResultStep;
import org.jspecify.annotations.Nullable;
import org.therapost.storage.generated.tables.records.MailboxRecord;

/**
 * Gives out the UIDs and the modification sequences (RFC 7162) of folders; nothing else changes these numbers.
 *
 * <p>Whoever changes a folder first locks its row, and several rows in the order of their ids. So changes of one folder follow
 * each other, a number that was given out is committed before the next one is, and two transactions never wait for each other
 * in a ring. The lock is {@code FOR NO KEY UPDATE}, as the update of the numbers takes it: whoever only refers to a folder does
 * not wait.
 */
public final class UidAllocator {

    private UidAllocator() {}

    /** The last UID and the highest modification sequence of a folder. */
    public record Numbers(long lastUid, long highestModseq) {}

    /** Locks a folder's row until the transaction ends, and reads its numbers; empty if it is gone. */
    public static Optional<Numbers> lock(DSLContext on, UUID folder) {
        return numbers(on.select(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                .from(MAILBOX)
                .where(MAILBOX.ID.eq(folder))
                .forNoKeyUpdate()
                .fetchOne());
    }

    /** Locks several folders until the transaction ends. */
    public static void lockAll(DSLContext on, Collection<UUID> folders) {
        on.select(MAILBOX.ID)
                .from(MAILBOX)
                .where(MAILBOX.ID.in(folders))
                .orderBy(MAILBOX.ID)
                .forNoKeyUpdate()
                .fetch();
    }

    /**
     * Takes the next numbers, and locks the folder until the transaction ends.
     *
     * @return the numbers after that: the last ones taken; empty if the folder is gone
     */
    public static Optional<Numbers> take(DSLContext on, UUID folder, int uids, int modseqs) {
        return numbers(on.update(MAILBOX)
                .set(MAILBOX.LAST_UID, MAILBOX.LAST_UID.plus(uids))
                .set(MAILBOX.HIGHEST_MODSEQ, MAILBOX.HIGHEST_MODSEQ.plus(modseqs))
                .where(MAILBOX.ID.eq(folder))
                .returningResult(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                .fetchOne());
    }

    /** Notes numbers that a caller brought, so that nobody is given them again, and locks the folder until the transaction ends. */
    public static void taken(DSLContext on, UUID folder, long uid, long modseq) {
        on.update(MAILBOX)
                .set(MAILBOX.LAST_UID, greatest(MAILBOX.LAST_UID, val(uid)))
                .set(MAILBOX.HIGHEST_MODSEQ, greatest(MAILBOX.HIGHEST_MODSEQ, val(modseq)))
                .where(MAILBOX.ID.eq(folder))
                .execute();
    }

    /** Takes one UID and one modification sequence of each folder, as part of a larger statement. */
    static UpdateResultStep<MailboxRecord> taking(DSLContext on, Condition folders) {
        return on.update(MAILBOX)
                .set(MAILBOX.LAST_UID, MAILBOX.LAST_UID.plus(1))
                .set(MAILBOX.HIGHEST_MODSEQ, MAILBOX.HIGHEST_MODSEQ.plus(1))
                .where(MAILBOX.ID.in(select(MAILBOX.ID)
                        .from(MAILBOX)
                        .where(folders)
                        .orderBy(MAILBOX.ID)
                        .forNoKeyUpdate()))
                .returning(
                        MAILBOX.ID,
                        MAILBOX.NAME_SEALED,
                        MAILBOX.UID_VALIDITY,
                        MAILBOX.LAST_UID,
                        MAILBOX.HIGHEST_MODSEQ);
    }

    /** Reads the numbers as they are committed; empty if the folder is gone. */
    public static Optional<Numbers> read(DSLContext on, UUID folder) {
        return numbers(on.select(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                .from(MAILBOX)
                .where(MAILBOX.ID.eq(folder))
                .fetchOne());
    }

    private static Optional<Numbers> numbers(@Nullable Record2<Long, Long> row) {
        return Optional.ofNullable(row).map(there -> new Numbers(there.value1(), there.value2()));
    }
}
