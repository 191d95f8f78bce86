package org.therapost.storage.store;

import static org.jooq.impl.DSL.select;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertResultStep;
import org.jooq.SelectField;
import org.therapost.storage.generated.tables.records.MailboxMessageRecord;

/** Inserts the entries of folders: a message of the record as one folder shows it. Nothing else inserts any. */
public final class FolderEntries {

    private static final List<Field<?>> COLUMNS = List.of(
            MAILBOX_MESSAGE.MAILBOX_ID,
            MAILBOX_MESSAGE.UID,
            MAILBOX_MESSAGE.MODSEQ,
            MAILBOX_MESSAGE.MESSAGE_ID,
            MAILBOX_MESSAGE.INTERNAL_DATE,
            MAILBOX_MESSAGE.SAVE_DATE,
            MAILBOX_MESSAGE.FLAGS,
            MAILBOX_MESSAGE.CONVERSATION);

    private static final int AT_A_TIME = 1000;

    private FolderEntries() {}

    /** The message of an entry, as the fields of a statement. It begins a conversation of its own. */
    record Message(Field<UUID> id, Field<UUID> conversation, Field<Short> flags, Field<Instant> acceptedAt) {}

    /**
     * Inserts a message into folders, as part of a larger statement.
     *
     * @param folders what {@link UidAllocator#taking} returned for them
     * @param from a further table of the statement that has the message's fields
     */
    static InsertResultStep<MailboxMessageRecord> inserting(
            DSLContext on, Message message, CommonTableExpression<?> folders, CommonTableExpression<?>... from) {
        List<CommonTableExpression<?>> tables = new ArrayList<>(List.of(folders));
        tables.addAll(List.of(from));
        return on.insertInto(MAILBOX_MESSAGE)
                .columns(COLUMNS)
                .select(select(List.<SelectField<?>>of(
                                folders.field(MAILBOX.ID),
                                folders.field(MAILBOX.LAST_UID),
                                folders.field(MAILBOX.HIGHEST_MODSEQ),
                                message.id(),
                                message.acceptedAt(),
                                message.acceptedAt(),
                                message.flags(),
                                message.conversation()))
                        .from(tables))
                .returning(MAILBOX_MESSAGE.UID);
    }

    /** Inserts entries whose numbers were taken from {@link UidAllocator} in the same transaction. */
    public static void insert(DSLContext on, Collection<MailboxMessageRecord> entries) {
        // One statement for all; its rows are bound and sent some at a time, since a folder can be copied whole.
        Iterator<MailboxMessageRecord> all = entries.iterator();
        while (all.hasNext()) {
            List<MailboxMessageRecord> some = new ArrayList<>();
            while (all.hasNext() && some.size() < AT_A_TIME) {
                some.add(all.next());
            }
            on.batchInsert(some).execute();
        }
    }
}
