package org.therapost.storage.store;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sealing.ServerKey;

/** The view: messages of the record as they appear in folders. */
public final class FolderVisibility {

    private final SealedKeywords sealedKeywords;
    private final Folders folders;

    public FolderVisibility(ServerKey serverKey) {
        this.sealedKeywords = new SealedKeywords(serverKey);
        this.folders = new Folders(serverKey);
    }

    /**
     * Lets a message appear that was kept.
     *
     * @return its appearance in each folder
     */
    public List<FolderArrival> show(DSLContext tx, MessageId id, FilingPlace filingPlace) {
        FilingFolders filingFolders = FilingFolders.of(filingPlace);
        Item item = tx.select(MESSAGE.SIZE, MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.eq(id.value()))
                .fetchSingle(row -> new Item(id, row.value1(), row.value2()));
        List<FolderArrival> all = new ArrayList<>(show(tx, item, filingFolders, List.of()));
        if (all.size() < filingFolders.folders()) {
            makeAgain(tx, filingFolders);
            all.addAll(show(
                    tx,
                    item,
                    filingFolders,
                    all.stream().map(FolderArrival::mailboxId).toList()));
        }
        if (filingPlace instanceof FilingPlace.FromClient from && from.mark() != DeliveryMark.NONE) {
            tx.update(MAILBOX_MESSAGE)
                    .set(MAILBOX_MESSAGE.USER_FLAGS, sealedKeywords.seal(List.of(keyword(from.mark()))))
                    .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                    .execute();
        }
        return all;
    }

    /**
     * Takes a message out of all folders; the record keeps it.
     *
     * @return where it appeared
     */
    public List<FolderArrival> hide(DSLContext tx, MessageId id) {
        UidAllocator.lockAll(
                tx,
                tx.select(MAILBOX_MESSAGE.MAILBOX_ID)
                        .from(MAILBOX_MESSAGE)
                        .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                        .fetch(MAILBOX_MESSAGE.MAILBOX_ID));
        List<FolderArrival> gone = tx.select(
                        MAILBOX_MESSAGE.MAILBOX_ID,
                        MAILBOX_MESSAGE.UID,
                        MAILBOX_MESSAGE.MODSEQ,
                        MAILBOX_MESSAGE.FLAGS,
                        MAILBOX_MESSAGE.INTERNAL_DATE,
                        MAILBOX.USERNAME,
                        MAILBOX.NAME_SEALED,
                        MAILBOX.UID_VALIDITY,
                        MESSAGE.SIZE)
                .from(MAILBOX_MESSAGE)
                .join(MAILBOX)
                .on(MAILBOX.ID.eq(MAILBOX_MESSAGE.MAILBOX_ID))
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                .fetch(row -> new FolderArrival(
                        new FolderArrival.Folder(
                                row.get(MAILBOX_MESSAGE.MAILBOX_ID),
                                Folders.NAMESPACE,
                                row.get(MAILBOX.USERNAME),
                                folders.open(row.get(MAILBOX_MESSAGE.MAILBOX_ID), row.get(MAILBOX.NAME_SEALED)),
                                row.get(MAILBOX.UID_VALIDITY)),
                        new FolderArrival.Entry(
                                row.get(MAILBOX_MESSAGE.UID),
                                row.get(MAILBOX_MESSAGE.MODSEQ),
                                FolderFlag.read(row.get(MAILBOX_MESSAGE.FLAGS))),
                        id.value(),
                        row.get(MAILBOX_MESSAGE.INTERNAL_DATE),
                        row.get(MESSAGE.SIZE)));
        tx.deleteFrom(MAILBOX_MESSAGE)
                .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(id.value()))
                .execute();
        return gone;
    }

    /** What is to be known of a message for it to appear. */
    record Item(MessageId id, int size, Instant acceptedAt) {}

    private static String keyword(DeliveryMark mark) {
        return switch (mark) {
            case NONE -> throw new IllegalArgumentException("no keyword");
            case AFTER_THE_END -> "AfterTheEnd";
            case OUT_OF_TURN -> "OutOfTurn";
        };
    }

    List<FolderArrival> show(DSLContext tx, Item item, FilingFolders filingFolders, List<UUID> done) {
        UUID id = item.id().value();
        var b = name("b").as(UidAllocator.taking(tx, on(filingFolders).and(MAILBOX.ID.notIn(done))));
        var message = new FolderEntries.Message(
                val(id), val(id), val(FolderFlag.column(filingFolders.flags())), val(item.acceptedAt()));
        var v = name("v").as(FolderEntries.inserting(tx, message, b));
        return tx.with(b).with(v).select(b.fields()).from(b).fetch(row -> arrival(row, filingFolders, item));
    }

    /** The folders of a shelf: so many that have a name, and that of its thread. Their values are {@link #folders}. */
    static Condition on(int named, boolean threaded) {
        Condition condition = noCondition();
        for (int i = 0; i < named; i++) {
            condition = condition.or(MAILBOX.NAMESPACE
                    .eq(param("namespace." + i, MAILBOX.NAMESPACE))
                    .and(MAILBOX.USERNAME.eq(param("owner." + i, MAILBOX.USERNAME)))
                    .and(MAILBOX.NAME_MAC.eq(param("folder" + i, MAILBOX.NAME_MAC))));
        }
        return threaded
                ? condition.or(MAILBOX.ID.eq(
                        select(THREAD.MAILBOX_ID).from(THREAD).where(THREAD.ID.eq(param("thread.folder", THREAD.ID)))))
                : condition;
    }

    /** Values for {@link #on(int, boolean)}, but that of the thread. */
    Map<String, Object> folders(FilingFolders filingFolders) {
        Map<String, Object> values = new HashMap<>();
        values.put("namespace", Folders.NAMESPACE);
        values.put("owner", filingFolders.owner().canonical());
        for (int i = 0; i < filingFolders.named().size(); i++) {
            values.put("folder" + i, folders.mac(filingFolders.named().get(i)));
        }
        return values;
    }

    private Condition on(FilingFolders filingFolders) {
        Condition condition = noCondition();
        for (String folder : filingFolders.named()) {
            condition = condition.or(MAILBOX.NAMESPACE
                    .eq(Folders.NAMESPACE)
                    .and(MAILBOX.USERNAME.eq(filingFolders.owner().canonical()))
                    .and(MAILBOX.NAME_MAC.eq(folders.mac(folder))));
        }
        ClientThread thread = filingFolders.thread();
        return thread == null
                ? condition
                : condition.or(MAILBOX.ID.eq(select(THREAD.MAILBOX_ID)
                        .from(THREAD)
                        .where(THREAD.ID.eq(thread.id().value()))));
    }

    void makeAgain(DSLContext tx, FilingFolders filingFolders) {
        filingFolders.named().forEach(folder -> folders.make(tx, filingFolders.owner(), folder));
        ClientThread thread = filingFolders.thread();
        if (thread != null) {
            UUID folder = folders.make(
                    tx, filingFolders.owner(), Folders.ofClient(thread.client().name()));
            tx.update(THREAD)
                    .set(THREAD.MAILBOX_ID, folder)
                    .where(THREAD.ID.eq(thread.id().value()), THREAD.MAILBOX_ID.isNull())
                    .execute();
        }
    }

    FolderArrival arrival(Record row, FilingFolders filingFolders, Item item) {
        return new FolderArrival(
                new FolderArrival.Folder(
                        row.get(MAILBOX.ID),
                        Folders.NAMESPACE,
                        filingFolders.owner().canonical(),
                        folders.open(row.get(MAILBOX.ID), row.get(MAILBOX.NAME_SEALED)),
                        row.get(MAILBOX.UID_VALIDITY)),
                new FolderArrival.Entry(
                        row.get(MAILBOX.LAST_UID), row.get(MAILBOX.HIGHEST_MODSEQ), filingFolders.flags()),
                item.id().value(),
                item.acceptedAt(),
                item.size());
    }
}
