package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.MESSAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;

/** The record of all threads in PostgreSQL. */
public final class JooqThreads implements Threads {

    private final Database database;
    private final MessageRows messages;
    private final ParcelRows parcels;
    private final FolderArrivalListener listener;

    public JooqThreads(Database database, SpoolKey spoolKey, FolderArrivalListener listener) {
        this.database = database;
        this.messages = new MessageRows(spoolKey);
        this.parcels = new ParcelRows(spoolKey);
        this.listener = listener;
    }

    @Override
    public List<FiledMessage> file(List<Filing> filings, List<Parcel> posted) throws CannotTellException {
        List<FolderArrival> arrivals = new ArrayList<>();
        List<FiledMessage> filed = database.transact(tx -> {
            arrivals.clear();
            MessageRows.Heads heads = messages.lock(tx, filings);
            List<FiledMessage> all = fileAll(filings, filing -> messages.insert(tx, filing, heads), arrivals);
            posted.forEach(parcel -> parcels.insert(tx, parcel));
            return all;
        });
        listener.arrived(arrivals);
        return filed;
    }

    @Override
    public Optional<List<FiledMessage>> fileUntimed(List<Filing> filings) throws CannotTellException {
        List<FolderArrival> arrivals = new ArrayList<>();
        List<FiledMessage> filed;
        try {
            filed = database.transact(tx -> {
                arrivals.clear();
                MessageRows.Heads heads = messages.lock(tx, filings);
                return fileAll(filings, filing -> messages.insertUntimed(tx, filing, heads), arrivals);
            });
        } catch (MessageRows.TimedException timed) {
            return Optional.empty();
        }
        listener.arrived(arrivals);
        return Optional.of(filed);
    }

    private static List<FiledMessage> fileAll(
            List<Filing> filings, Function<Filing, List<FolderArrival>> insert, List<FolderArrival> arrivals) {
        List<FiledMessage> filed = new ArrayList<>();
        for (Filing filing : filings) {
            List<FolderArrival> placed = insert.apply(filing);
            arrivals.addAll(placed);
            filed.add(new FiledMessage(filing.id(), placed.get(0).internalDate()));
        }
        return filed;
    }

    @Override
    public List<FiledMessage> filed(List<MessageId> ids) throws CannotTellException {
        List<FiledMessage> known = database.ask(on -> on.select(MESSAGE.ID, MESSAGE.ACCEPTED_AT)
                .from(MESSAGE)
                .where(MESSAGE.ID.in(ids.stream().map(MessageId::value).toList()))
                .fetch(row -> new FiledMessage(new MessageId(row.value1()), row.value2())));
        return known.stream()
                .sorted(Comparator.comparing(message -> ids.indexOf(message.id())))
                .toList();
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
