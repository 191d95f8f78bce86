package org.therapost.storage.conversation;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ExchangerPinRows;

/** Pinned exchangers in PostgreSQL. */
public final class JooqExchangerPins implements ExchangerPins {

    private final Database database;
    private final ExchangerPinRows rows;

    public JooqExchangerPins(Database database, ServerKey serverKey) {
        this.database = database;
        this.rows = new ExchangerPinRows(serverKey);
    }

    @Override
    public ExchangerPin change(ThreadId thread, Change change) throws CannotTellException {
        return database.transact(transaction -> rows.change(transaction, thread, change));
    }

    @Override
    public void forget(ThreadId thread) throws CannotTellException {
        database.ask(on -> {
            ExchangerPinRows.forget(on, thread);
            return thread;
        });
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
