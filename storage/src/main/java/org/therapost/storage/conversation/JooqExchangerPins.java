package org.therapost.storage.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ExchangerPinRows;
import org.therapost.storage.queue.ExchangerPinRows.Look;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.NotFiledException;

/** Pinned exchangers in PostgreSQL. */
public final class JooqExchangerPins implements ExchangerPins {

    private final Database database;
    private final ExchangerPinRows rows;
    private final MessageRows messages;
    private final FolderArrivalListener listener;

    public JooqExchangerPins(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.rows = new ExchangerPinRows(serverKey);
        this.messages = new MessageRows(serverKey);
        this.listener = listener;
    }

    @Override
    public ExchangerPin change(ThreadId thread, Change change) throws CannotTellException {
        Look look = database.ask(on -> rows.look(on, thread)).orElseThrow(JooqExchangerPins::noConsent);
        if (look.after(change).equals(look.pin())) {
            // As almost always: one statement, and nothing is locked.
            return look.pin();
        }
        return database.transact(transaction -> rows.change(transaction, thread, change))
                .orElseThrow(JooqExchangerPins::noConsent);
    }

    private static CannotTellException noConsent() {
        return new CannotTellException("no consent to carriage over TLS is in force");
    }

    @Override
    public Optional<FiledMessage> say(ThreadId thread, Saying saying) throws CannotTellException {
        List<MessageId> names = new ArrayList<>();
        List<FolderArrival> arrivals;
        try {
            arrivals = database.transact(NotFiledException.class, tx -> say(tx, thread, saying, names));
        } catch (NotFiledException again) {
            return database.ask(on -> MessageRows.filed(on, names)).stream().findFirst();
        }
        if (arrivals.isEmpty()) {
            return Optional.empty();
        }
        listener.arrived(arrivals);
        return Optional.of(new FiledMessage(names.get(0), arrivals.get(0).internalDate()));
    }

    private List<FolderArrival> say(DSLContext tx, ThreadId thread, Saying saying, List<MessageId> names)
            throws NotFiledException, CannotTellException {
        ExchangerPinRows.lock(tx, thread.value());
        Optional<Look> look = rows.look(tx, thread);
        ExchangerPin before = look.map(Look::pin).orElse(ExchangerPin.NONE);
        Said said = saying.of(before, look.map(Look::now).orElse(Instant.EPOCH));
        if (look.isPresent()) {
            rows.write(tx, thread, before, said.pin());
        }
        if (said.note().isEmpty()) {
            return List.of();
        }
        Filing note = said.note().get();
        names.add(note.id());
        return messages.insert(tx, note, messages.lock(tx, List.of(note)));
    }

    @Override
    public List<ThreadId> all() throws CannotTellException {
        return database.ask(ExchangerPinRows::all);
    }

    @Override
    public List<ThreadId> ofEarlierConsents() throws CannotTellException {
        return database.ask(ExchangerPinRows::ofEarlierConsents);
    }
}
