package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.REPLACED_NOTE;

import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.Erasure;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderVisibility;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.NotFiledException;
import org.therapost.storage.store.RecordChain;

/** What a step does to the record, to folders and to the queue, within its transaction. */
final class StepExecution {

    private static final int SWEPT = 20;

    private final MessageRows messages;
    private final FolderVisibility folderVisibility;
    private final ParcelRows parcels;

    StepExecution(ServerKey serverKey) {
        this.messages = new MessageRows(serverKey);
        this.folderVisibility = new FolderVisibility(serverKey);
        this.parcels = new ParcelRows(serverKey);
    }

    /**
     * Locks the thread's record, before any folder; what the step files is accepted at the instant of that.
     *
     * @throws CannotTellException if it was not chained yet
     */
    RecordChain.Head lock(DSLContext tx, ThreadId thread) throws CannotTellException {
        return messages.lock(tx, thread);
    }

    List<FolderArrival> file(DSLContext tx, Filing filing, RecordChain.Head head) throws NotFiledException {
        messages.keep(tx, filing, head.lockedAt(), head);
        return folderVisibility.show(tx, filing.id(), filing.place());
    }

    void keep(DSLContext tx, Filing filing, RecordChain.Head head) throws NotFiledException {
        messages.keep(tx, filing, head.lockedAt(), head);
    }

    List<FolderArrival> release(DSLContext tx, ClientThread thread, Effect.Release release) {
        return folderVisibility.show(tx, release.message(), new FilingPlace.FromClient(thread, release.mark()));
    }

    /** Takes a note out of all folders. Who is reading it may end; an hour later it goes. */
    List<FolderArrival> takeBack(DSLContext tx, MessageId note, Instant at) {
        List<FolderArrival> gone = folderVisibility.hide(tx, note);
        tx.select(REPLACED_NOTE.MESSAGE_ID)
                .from(REPLACED_NOTE)
                .where(REPLACED_NOTE.REPLACED_AT.lt(DSL.field("clock_timestamp() - interval '1 hour'", Instant.class)))
                .orderBy(REPLACED_NOTE.REPLACED_AT)
                .limit(SWEPT)
                .forUpdate()
                .skipLocked()
                .fetch(row -> new MessageId(row.value1()))
                .forEach(old -> erase(tx, old, at));
        tx.insertInto(REPLACED_NOTE).set(REPLACED_NOTE.MESSAGE_ID, note.value()).execute();
        return gone;
    }

    void erase(DSLContext tx, MessageId message, Instant at) {
        messages.erase(tx, message.value(), Erasure.RETURNED, at);
    }

    void post(DSLContext tx, Parcel parcel, Timetable next) {
        parcels.insert(tx, parcel, priority(next));
    }

    void keepForOpen(DSLContext tx, Parcel parcel) {
        parcels.insertAtOpen(tx, parcel);
    }

    void postWaitingForOpen(DSLContext tx, Timetable next) {
        parcels.postAtOpen(tx, next.thread(), priority(next));
    }

    // Nobody waits for a letter as somebody does who sits in a session.
    private static int priority(Timetable next) {
        return next.windows().stream().anyMatch(window -> window.state() == WindowState.OPEN)
                ? ParcelRows.LIVE
                : ParcelRows.NORMAL;
    }
}
