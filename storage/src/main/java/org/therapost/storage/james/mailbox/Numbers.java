package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX;

import java.util.Collection;
import java.util.UUID;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/**
 * The last UID and the highest modification sequence of a folder.
 *
 * <p>Whoever changes a folder first locks its row; so changes of one folder follow each other, and a number that was
 * given out is committed before the next one is.
 */
record Numbers(long lastUid, long highestModseq) {

    /** Locks the folder's row until the transaction ends, and reads its numbers. */
    static Numbers lock(DSLContext on, UUID mailbox) throws MailboxException {
        return of(
                on.select(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                        .from(MAILBOX)
                        .where(MAILBOX.ID.eq(mailbox))
                        .forNoKeyUpdate()
                        .fetchOne(),
                mailbox);
    }

    /** Locks several folders in the one order that cannot deadlock. */
    static void lockAll(DSLContext on, Collection<UUID> mailboxes) {
        on.select(MAILBOX.ID)
                .from(MAILBOX)
                .where(MAILBOX.ID.in(mailboxes))
                .orderBy(MAILBOX.ID)
                .forNoKeyUpdate()
                .fetch();
    }

    /**
     * Takes the next numbers, and locks the folder until the transaction ends.
     *
     * @return the numbers after that: the last ones taken
     */
    static Numbers take(DSLContext on, UUID mailbox, int uids, int modseqs) throws MailboxException {
        return of(
                on.update(MAILBOX)
                        .set(MAILBOX.LAST_UID, MAILBOX.LAST_UID.plus(uids))
                        .set(MAILBOX.HIGHEST_MODSEQ, MAILBOX.HIGHEST_MODSEQ.plus(modseqs))
                        .where(MAILBOX.ID.eq(mailbox))
                        .returningResult(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                        .fetchOne(),
                mailbox);
    }

    /** Reads the numbers as they are committed. */
    static Numbers read(DSLContext on, UUID mailbox) throws MailboxException {
        return of(
                on.select(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                        .from(MAILBOX)
                        .where(MAILBOX.ID.eq(mailbox))
                        .fetchOne(),
                mailbox);
    }

    private static Numbers of(@Nullable Record2<Long, Long> row, UUID mailbox) throws MailboxException {
        if (row == null) {
            throw new MailboxNotFoundException(new UuidMailboxId(mailbox));
        }
        return new Numbers(row.value1(), row.value2());
    }
}
