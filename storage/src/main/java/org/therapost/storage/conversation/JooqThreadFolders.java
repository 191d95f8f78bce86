package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.HELD_MESSAGE;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.impl.DSL;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadFolders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.MailboxMessageRecord;
import org.therapost.storage.generated.tables.records.MailboxRecord;
import org.therapost.storage.people.PeopleRows;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FilingFolders;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.FolderEntries;
import org.therapost.storage.store.FolderFlag;
import org.therapost.storage.store.Folders;
import org.therapost.storage.store.UidAllocator;

/** Folders in PostgreSQL, brought back from the record there. */
public final class JooqThreadFolders implements ThreadFolders {

    private final Database database;
    private final PeopleRows people;
    private final Folders folders;
    private final FolderArrivalListener listener;

    public JooqThreadFolders(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.people = new PeopleRows(serverKey, EquivalentAddresses.NONE);
        this.folders = new Folders(serverKey);
        this.listener = listener;
    }

    @Override
    public int restore(ThreadId thread) throws CannotTellException {
        List<FolderArrival> arrivals = database.transact(
                tx -> people.thread(tx, thread).map(found -> restore(tx, found)).orElse(List.of()));
        listener.arrived(arrivals);
        return arrivals.size();
    }

    private List<FolderArrival> restore(DSLContext tx, ClientThread thread) {
        // Whoever files into the folder or restores it at the same time waits here.
        UUID id = folder(tx, thread);
        UidAllocator.lock(tx, id);
        MailboxRecord folder = tx.selectFrom(MAILBOX).where(MAILBOX.ID.eq(id)).fetchSingle();
        List<Record4<UUID, String, Integer, Instant>> missing = tx.select(
                        MESSAGE.ID, MESSAGE.DIRECTION, MESSAGE.SIZE, MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.eq(thread.id().value()))
                .andNotExists(DSL.selectOne()
                        .from(MAILBOX_MESSAGE)
                        .where(
                                MAILBOX_MESSAGE.MESSAGE_ID.eq(MESSAGE.ID),
                                MAILBOX_MESSAGE.MAILBOX_ID.eq(folder.getId())))
                // What is held until its time is no deleted view.
                .andNotExists(DSL.selectOne().from(HELD_MESSAGE).where(HELD_MESSAGE.MESSAGE_ID.eq(MESSAGE.ID)))
                .orderBy(MESSAGE.ACCEPTED_AT, MESSAGE.ID)
                .fetch();
        UidAllocator.take(tx, id, missing.size(), missing.size());
        List<FolderArrival> arrivals = new ArrayList<>();
        for (Record4<UUID, String, Integer, Instant> message : missing) {
            arrivals.add(arrival(folder, arrivals.size() + 1, message));
        }
        FolderEntries.insert(tx, arrivals.stream().map(JooqThreadFolders::row).toList());
        return arrivals;
    }

    private UUID folder(DSLContext tx, ClientThread thread) {
        UUID there = tx.select(THREAD.MAILBOX_ID)
                .from(THREAD)
                .where(THREAD.ID.eq(thread.id().value()))
                .fetchSingle(THREAD.MAILBOX_ID);
        if (there != null) {
            return there;
        }
        UUID made = folders.make(
                tx,
                thread.therapist().address(),
                Folders.ofClient(thread.client().name()));
        tx.update(THREAD)
                .set(THREAD.MAILBOX_ID, made)
                .where(THREAD.ID.eq(thread.id().value()), THREAD.MAILBOX_ID.isNull())
                .execute();
        return made;
    }

    private FolderArrival arrival(MailboxRecord folder, int after, Record4<UUID, String, Integer, Instant> message) {
        return new FolderArrival(
                new FolderArrival.Folder(
                        folder.getId(),
                        folder.getNamespace(),
                        folder.getUsername(),
                        folders.open(folder.getId(), folder.getNameSealed()),
                        folder.getUidValidity()),
                new FolderArrival.Entry(
                        folder.getLastUid() + after,
                        folder.getHighestModseq() + after,
                        FilingFolders.flagsWhenFiled(message.value2())),
                message.value1(),
                message.value4(),
                message.value3());
    }

    private static MailboxMessageRecord row(FolderArrival arrival) {
        MailboxMessageRecord row = new MailboxMessageRecord();
        row.setMailboxId(arrival.mailboxId());
        row.setUid(arrival.uid());
        row.setMessageId(arrival.messageId());
        row.setModseq(arrival.entry().modseq());
        row.setInternalDate(arrival.internalDate());
        row.setSaveDate(arrival.internalDate());
        row.setFlags(FolderFlag.column(arrival.entry().flags()));
        row.setConversation(arrival.messageId());
        return row;
    }
}
