package org.therapost.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.sealing.SpoolKey;

/** The record of all threads in PostgreSQL. */
public final class JooqThreads implements Threads {

    private final Database database;
    private final MessageRows messages;
    private final ParcelRows parcels;
    private final ArrivalListener listener;

    public JooqThreads(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        this.database = database;
        this.messages = new MessageRows(spoolKey);
        this.parcels = new ParcelRows(spoolKey);
        this.listener = listener;
    }

    @Override
    public List<FiledMessage> file(List<Filing> filings, List<Parcel> posted) throws CannotTellException {
        List<Arrival> arrivals = new ArrayList<>();
        List<FiledMessage> filed = database.transact(tx -> {
            arrivals.clear();
            return fileAll(tx, filings, posted, arrivals);
        });
        listener.arrived(arrivals);
        return filed;
    }

    private List<FiledMessage> fileAll(
            DSLContext tx, List<Filing> filings, List<Parcel> posted, List<Arrival> arrivals) {
        List<FiledMessage> filed = new ArrayList<>();
        for (Filing filing : filings) {
            List<Arrival> placed = messages.insert(tx, filing);
            arrivals.addAll(placed);
            filed.add(new FiledMessage(filing.id(), placed.get(0).internalDate()));
        }
        posted.forEach(parcel -> parcels.insert(tx, parcel));
        return filed;
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
