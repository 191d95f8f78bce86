package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.REPLACED_NOTE;

import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.Place;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.Effect;
import org.therapost.domain.sessions.Timetable;
import org.therapost.domain.sessions.WindowState;
import org.therapost.storage.Appearances;
import org.therapost.storage.Arrival;
import org.therapost.storage.MessageRows;
import org.therapost.storage.ParcelRows;

/** What a step does to the record, to folders and to the queue, within its transaction. */
final class Deeds {

    private static final int SWEPT = 20;

    private final MessageRows messages;
    private final Appearances appearances;
    private final ParcelRows parcels;

    Deeds(SpoolKey spoolKey) {
        this.messages = new MessageRows(spoolKey);
        this.appearances = new Appearances(spoolKey);
        this.parcels = new ParcelRows(spoolKey);
    }

    List<Arrival> file(DSLContext tx, Filing filing, Instant acceptedAt) {
        messages.keep(tx, filing, acceptedAt);
        return appearances.show(tx, filing.id(), filing.place());
    }

    void keep(DSLContext tx, Filing filing, Instant acceptedAt) {
        messages.keep(tx, filing, acceptedAt);
    }

    List<Arrival> release(DSLContext tx, ClientThread thread, Effect.Release release) {
        return appearances.show(tx, release.message(), new Place.FromClient(thread, release.mark()));
    }

    /** Takes a note out of all folders. Who is reading it may end; an hour later it goes. */
    List<Arrival> takeBack(DSLContext tx, MessageId note) {
        List<Arrival> gone = appearances.hide(tx, note);
        tx.select(REPLACED_NOTE.MESSAGE_ID)
                .from(REPLACED_NOTE)
                .where(REPLACED_NOTE.REPLACED_AT.lt(DSL.field("clock_timestamp() - interval '1 hour'", Instant.class)))
                .orderBy(REPLACED_NOTE.REPLACED_AT)
                .limit(SWEPT)
                .forUpdate()
                .skipLocked()
                .fetch(row -> new MessageId(row.value1()))
                .forEach(old -> erase(tx, old));
        tx.insertInto(REPLACED_NOTE).set(REPLACED_NOTE.MESSAGE_ID, note.value()).execute();
        return gone;
    }

    void erase(DSLContext tx, MessageId message) {
        tx.deleteFrom(MESSAGE_KEY)
                .where(MESSAGE_KEY.MESSAGE_ID.eq(message.value()))
                .execute();
        tx.deleteFrom(MESSAGE).where(MESSAGE.ID.eq(message.value())).execute();
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
