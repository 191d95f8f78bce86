package org.therapost.storage.people;

import static org.jooq.impl.DSL.field;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.TLS_CONSENT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.clientkeys.ClientKey;
import org.therapost.domain.clientkeys.ClientKeys;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.NotFiledException;

/** Clients' certificates in PostgreSQL. The row of the thread is the lock: commands and mail of one client come one by one. */
public final class JooqClientKeys implements ClientKeys {

    private final Database database;
    private final ClientKeyRows rows;
    private final MessageRows messages;
    private final FolderArrivalListener listener;

    public JooqClientKeys(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.rows = new ClientKeyRows(serverKey);
        this.messages = new MessageRows(serverKey);
        this.listener = listener;
    }

    @Override
    public List<ClientKey> find(ThreadId thread) throws CannotTellException {
        return database.ask(on -> rows.of(on, thread.value()));
    }

    private record Done(List<MessageId> notes, List<FiledMessage> filed, List<FolderArrival> arrivals) {

        Done() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public List<FiledMessage> change(ThreadId thread, Decision decision) throws CannotTellException {
        Done done = new Done();
        try {
            database.transact(NotFiledException.class, tx -> change(tx, thread, decision, done));
        } catch (NotFiledException again) {
            return database.ask(on -> MessageRows.filed(on, done.notes()));
        }
        if (!done.arrivals().isEmpty()) {
            listener.arrived(List.copyOf(done.arrivals()));
        }
        return List.copyOf(done.filed());
    }

    private Done change(DSLContext tx, ThreadId thread, Decision decision, Done done)
            throws NotFiledException, CannotTellException {
        Instant now = tx.select(field("clock_timestamp()", Instant.class))
                .from(THREAD)
                .where(THREAD.ID.eq(thread.value()))
                .forNoKeyUpdate()
                .fetchOptional(0, Instant.class)
                .orElseThrow(() -> new CannotTellException("there is no such thread any more"));
        List<ClientKey> before = rows.of(tx, thread.value());
        Change change = decision.decide(before, now);
        change.notes().stream().map(Filing::id).forEach(done.notes()::add);
        if (!change.keys().equals(before)) {
            rows.replace(tx, thread.value(), change.keys());
        }
        if (change.endsUse(before)) {
            tx.update(TLS_CONSENT)
                    .set(TLS_CONSENT.REVOKED_AT, now)
                    .where(TLS_CONSENT.THREAD_ID.eq(thread.value()), TLS_CONSENT.REVOKED_AT.isNull())
                    .execute();
        }
        MessageRows.Heads heads = messages.lock(tx, change.notes());
        for (Filing note : change.notes()) {
            List<FolderArrival> placed = messages.insert(tx, note, heads);
            done.arrivals().addAll(placed);
            done.filed().add(new FiledMessage(note.id(), placed.get(0).internalDate()));
        }
        return done;
    }
}
