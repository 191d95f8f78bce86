package org.therapost.storage.james.rows;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.therapost.storage.generated.tables.records.MailboxMessageRecord;
import org.therapost.storage.store.FolderEntries;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.SealedKeywords;

/** What folders show, in SQL. */
public final class MailboxMessageRows {

    // Sizes come from an index that covers them (message_pk): reading flags touches no content.
    private static final List<Field<?>> COLUMNS = List.of(
            MAILBOX_MESSAGE.MAILBOX_ID,
            MAILBOX_MESSAGE.UID,
            MAILBOX_MESSAGE.MODSEQ,
            MAILBOX_MESSAGE.MESSAGE_ID,
            MAILBOX_MESSAGE.INTERNAL_DATE,
            MAILBOX_MESSAGE.SAVE_DATE,
            MAILBOX_MESSAGE.FLAGS,
            MAILBOX_MESSAGE.USER_FLAGS,
            MAILBOX_MESSAGE.CONVERSATION,
            MESSAGE.SIZE,
            MESSAGE.HEADER_SIZE);

    private MailboxMessageRows() {}

    /** The first messages of a range of UIDs, both ends inclusive, in order. */
    public static List<MailboxMessageRow> page(
            DSLContext on, SealedKeywords sealedKeywords, UUID mailbox, long from, long to, int limit) {
        return select(on, inRange(mailbox, from, to))
                .orderBy(MAILBOX_MESSAGE.UID)
                .limit(limit)
                .fetch(row -> read(sealedKeywords, row));
    }

    public static List<MailboxMessageRow> ofUids(
            DSLContext on, SealedKeywords sealedKeywords, UUID mailbox, Collection<Long> uids) {
        return select(on, uids(mailbox, uids)).orderBy(MAILBOX_MESSAGE.UID).fetch(row -> read(sealedKeywords, row));
    }

    /** What was added or changed after a number of the folder's changes. */
    public static List<MailboxMessageRow> changedSince(
            DSLContext on, SealedKeywords sealedKeywords, UUID mailbox, long modseq) {
        return select(on, MAILBOX_MESSAGE.MAILBOX_ID.eq(mailbox).and(MAILBOX_MESSAGE.MODSEQ.gt(modseq)))
                .orderBy(MAILBOX_MESSAGE.UID)
                .fetch(row -> read(sealedKeywords, row));
    }

    /** Every appearance of some messages, in all folders. */
    public static List<MailboxMessageRow> ofMessages(
            DSLContext on, SealedKeywords sealedKeywords, Collection<UUID> messages) {
        return select(on, messages(messages))
                .orderBy(MAILBOX_MESSAGE.MAILBOX_ID, MAILBOX_MESSAGE.UID)
                .fetch(row -> read(sealedKeywords, row));
    }

    public static void insert(DSLContext on, SealedKeywords sealedKeywords, Collection<MailboxMessageRow> rows) {
        FolderEntries.insert(
                on, rows.stream().map(row -> write(sealedKeywords, row)).toList());
    }

    /** Takes messages out of a folder; returns the UIDs that were there. */
    public static List<Long> delete(DSLContext on, UUID mailbox, Collection<Long> uids) {
        return on.deleteFrom(MAILBOX_MESSAGE)
                .where(uids(mailbox, uids))
                .returningResult(MAILBOX_MESSAGE.UID)
                .fetch(MAILBOX_MESSAGE.UID);
    }

    /**
     * Erases those messages that no folder shows any more and that do not belong to the record: what a therapist's mail
     * program stored for itself. Everything else stays: the record is not the view.
     */
    public static void forget(DSLContext on, Collection<UUID> messages) {
        if (messages.isEmpty()) {
            return;
        }
        // Locked first and judged after: a copy that is being made elsewhere either waits for us, or we see it.
        UUID[] erasable = on.select(MESSAGE.ID)
                .from(MESSAGE)
                .where(anyOf(MESSAGE.ID, messages))
                .and(MESSAGE.DIRECTION.eq(MessageRows.OWN))
                .and(MESSAGE.THREAD_ID.isNull())
                .orderBy(MESSAGE.ID)
                .forUpdate()
                .fetchArray(MESSAGE.ID);
        if (erasable.length == 0) {
            return;
        }
        on.deleteFrom(MESSAGE_KEY)
                .where(MESSAGE_KEY.MESSAGE_ID.eq(DSL.any(erasable)))
                .and(unseenAnywhere(MESSAGE_KEY.MESSAGE_ID))
                .execute();
        on.deleteFrom(MESSAGE)
                .where(MESSAGE.ID.eq(DSL.any(erasable)))
                .and(unseenAnywhere(MESSAGE.ID))
                .execute();
    }

    public static Condition inRange(UUID mailbox, long from, long to) {
        Condition in = MAILBOX_MESSAGE.MAILBOX_ID.eq(mailbox);
        return from == to ? in.and(MAILBOX_MESSAGE.UID.eq(from)) : in.and(MAILBOX_MESSAGE.UID.between(from, to));
    }

    public static Condition uids(UUID mailbox, Collection<Long> uids) {
        return MAILBOX_MESSAGE.MAILBOX_ID.eq(mailbox).and(MAILBOX_MESSAGE.UID.eq(DSL.any(uids.toArray(Long[]::new))));
    }

    static Condition messages(Collection<UUID> messages) {
        return anyOf(MAILBOX_MESSAGE.MESSAGE_ID, messages);
    }

    private static Condition anyOf(TableField<?, UUID> field, Collection<UUID> ids) {
        return field.eq(DSL.any(ids.toArray(UUID[]::new)));
    }

    private static Condition unseenAnywhere(TableField<?, UUID> message) {
        return DSL.notExists(DSL.selectOne().from(MAILBOX_MESSAGE).where(MAILBOX_MESSAGE.MESSAGE_ID.eq(message)));
    }

    private static SelectConditionStep<Record> select(DSLContext on, Condition condition) {
        return on.select(COLUMNS)
                .from(MAILBOX_MESSAGE)
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(condition);
    }

    private static MailboxMessageRow read(SealedKeywords sealedKeywords, Record row) {
        return new MailboxMessageRow(
                new MailboxMessageRow.Place(
                        row.get(MAILBOX_MESSAGE.MAILBOX_ID),
                        row.get(MAILBOX_MESSAGE.UID),
                        row.get(MAILBOX_MESSAGE.MODSEQ)),
                row.get(MAILBOX_MESSAGE.MESSAGE_ID),
                row.get(MAILBOX_MESSAGE.CONVERSATION),
                new MailboxMessageRow.Dates(
                        row.get(MAILBOX_MESSAGE.INTERNAL_DATE),
                        Optional.<Instant>ofNullable(row.get(MAILBOX_MESSAGE.SAVE_DATE))),
                ImapFlags.flags(
                        row.get(MAILBOX_MESSAGE.FLAGS),
                        sealedKeywords.open(List.of(row.get(MAILBOX_MESSAGE.USER_FLAGS)))),
                new MailboxMessageRow.Sizes(row.get(MESSAGE.SIZE), row.get(MESSAGE.HEADER_SIZE)));
    }

    private static MailboxMessageRecord write(SealedKeywords sealedKeywords, MailboxMessageRow row) {
        return new MailboxMessageRecord(
                row.mailbox(),
                row.uid(),
                row.message(),
                row.modseq(),
                row.internalDate(),
                row.saveDate().orElse(null),
                ImapFlags.column(row.flags()),
                sealedKeywords.seal(List.of(row.flags().getUserFlags())),
                row.conversation());
    }
}
