package org.therapost.storage.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.NotFiledException;

/** The record of all threads in PostgreSQL. */
public final class JooqThreads implements Threads {

    private final Database database;
    private final MessageRows messages;
    private final ParcelRows parcels;
    private final FolderArrivalListener listener;

    public JooqThreads(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.messages = new MessageRows(serverKey);
        this.parcels = new ParcelRows(serverKey);
        this.listener = listener;
    }

    @Override
    public List<FiledMessage> file(List<Filing> filings, List<Parcel> posted) throws CannotTellException {
        try {
            return announced(database.transact(NotFiledException.class, tx -> {
                MessageRows.Heads heads = messages.lock(tx, filings);
                Placed placed = place(filings, filing -> messages.insert(tx, filing, heads));
                posted.forEach(parcel -> parcels.insert(tx, parcel));
                return placed;
            }));
        } catch (NotFiledException again) {
            return filed(filings.stream().map(Filing::id).toList());
        }
    }

    @Override
    public Optional<List<FiledMessage>> fileUntimed(List<Filing> filings) throws CannotTellException {
        try {
            return Optional.of(announced(database.transact(NotFiledException.class, tx -> {
                MessageRows.Heads heads = messages.lock(tx, filings);
                return place(filings, filing -> messages.insertUntimed(tx, filing, heads));
            })));
        } catch (NotFiledException none) {
            return switch (none.why()) {
                case IN_THE_RECORD ->
                    Optional.of(filed(filings.stream().map(Filing::id).toList()));
                case TIMES_ARE_AGREED -> Optional.empty();
            };
        }
    }

    private List<FiledMessage> announced(Placed placed) {
        listener.arrived(placed.arrivals());
        return placed.filed();
    }

    private record Placed(List<FiledMessage> filed, List<FolderArrival> arrivals) {}

    private interface Insertion {
        List<FolderArrival> insert(Filing filing) throws NotFiledException;
    }

    private static Placed place(List<Filing> filings, Insertion insertion) throws NotFiledException {
        Placed all = new Placed(new ArrayList<>(), new ArrayList<>());
        for (Filing filing : filings) {
            List<FolderArrival> placed = insertion.insert(filing);
            all.arrivals().addAll(placed);
            all.filed().add(new FiledMessage(filing.id(), placed.get(0).internalDate()));
        }
        return all;
    }

    @Override
    public List<FiledMessage> filed(List<MessageId> ids) throws CannotTellException {
        return database.ask(on -> MessageRows.filed(on, ids));
    }

    @Override
    public List<ParcelId> waiting(ThreadId thread) throws CannotTellException {
        return database.ask(on -> parcels.waiting(on, thread));
    }

    @Override
    public Optional<Parcel> parcel(ParcelId id) throws CannotTellException {
        return database.ask(on -> parcels.parcel(on, id));
    }

    @Override
    public void release(Parcel ready) throws CannotTellException {
        database.transact(tx -> {
            parcels.release(tx, ready);
            return ready;
        });
    }
}
