package org.therapost.storage.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;

/** Parcels on their way, in PostgreSQL. */
public final class JooqOutbox implements Outbox {

    private final Database database;
    private final MessageRows messages;
    private final ParcelRows parcels;
    private final FolderArrivalListener listener;

    public JooqOutbox(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.messages = new MessageRows(serverKey);
        this.parcels = new ParcelRows(serverKey);
        this.listener = listener;
    }

    @Override
    public boolean renew(ParcelLease hold) throws CannotTellException {
        return database.ask(on -> parcels.renew(on, hold));
    }

    @Override
    public boolean delivered(ParcelLease hold) throws CannotTellException {
        return database.ask(on -> ParcelRows.delivered(on, hold.parcel().value(), hold.right()));
    }

    @Override
    public boolean putOff(ParcelLease hold, Deferral deferral, List<Filing> notices) throws CannotTellException {
        return change(tx -> parcels.putOff(tx, hold, deferral), notices);
    }

    @Override
    public boolean giveUp(ParcelLease hold, List<Filing> notices) throws CannotTellException {
        return change(tx -> parcels.end(tx, hold), notices);
    }

    @Override
    public List<Damaged> damaged() throws CannotTellException {
        return database.ask(ParcelRows::damaged);
    }

    @Override
    public boolean tellDamaged(ParcelId parcel, List<Filing> notices) throws CannotTellException {
        return change(tx -> ParcelRows.tellDamaged(tx, parcel), notices);
    }

    /** The change decides: who has lost the parcel tells nobody anything about it. */
    private boolean change(Predicate<DSLContext> change, List<Filing> notices) throws CannotTellException {
        List<FolderArrival> arrivals = new ArrayList<>();
        boolean held = database.transact(tx -> {
            arrivals.clear();
            boolean changed = change.test(tx);
            if (changed) {
                notices.forEach(notice -> arrivals.addAll(messages.insertNew(tx, notice)));
            }
            return changed;
        });
        listener.arrived(arrivals);
        return held;
    }
}
