package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.impl.DSL;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.people.PeopleRows;
import org.therapost.storage.people.StoredMailboxAddress;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;

/** Clients whose stored mailbox is refused now, in PostgreSQL. */
public final class JooqUnreachableClients implements UnreachableClients {

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final Database database;
    private final PeopleRows people;
    private final MessageRows messages;
    private final FolderArrivalListener listener;

    public JooqUnreachableClients(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.people = new PeopleRows(serverKey, EquivalentAddresses.NONE);
        this.messages = new MessageRows(serverKey);
        this.listener = listener;
    }

    @Override
    public List<ThreadId> untold() throws CannotTellException {
        List<ThreadId> untold = new ArrayList<>();
        List<UUID> reachable = new ArrayList<>();
        for (Record3<UUID, byte[], Instant> row :
                database.ask(on -> on.select(THREAD.ID, THREAD.CLIENT_ADDRESS_SEALED, THREAD.UNREACHABLE_TOLD_AT)
                        .from(THREAD)
                        .orderBy(THREAD.CREATED_AT, THREAD.ID)
                        .fetch())) {
            boolean refused;
            try {
                refused = StoredMailboxAddress.read(people.address(row.value1(), row.value2()))
                        .isEmpty();
            } catch (ChangedRowException changed) {
                // Nothing leaves to that client; it is told of as what it is.
                WrongRows.report(database, changed.wrong());
                continue;
            }
            if (refused && row.value3() == null) {
                untold.add(new ThreadId(row.value1()));
            } else if (!refused && row.value3() != null) {
                reachable.add(row.value1());
            }
        }
        if (!reachable.isEmpty()) {
            database.ask(on -> on.update(THREAD)
                    .setNull(THREAD.UNREACHABLE_TOLD_AT)
                    .where(THREAD.ID.in(reachable))
                    .execute());
        }
        return untold;
    }

    @Override
    public boolean tell(ThreadId thread, Filing note) throws CannotTellException {
        List<FolderArrival> arrivals = new ArrayList<>();
        boolean told = database.transact(tx -> {
            arrivals.clear();
            boolean first = tx.update(THREAD)
                            .set(THREAD.UNREACHABLE_TOLD_AT, CLOCK)
                            .where(THREAD.ID.eq(thread.value()), THREAD.UNREACHABLE_TOLD_AT.isNull())
                            .execute()
                    > 0;
            if (first) {
                arrivals.addAll(messages.insertNew(tx, note));
            }
            return first;
        });
        listener.arrived(arrivals);
        return told;
    }

    @Override
    public List<EmailAddress> told() throws CannotTellException {
        return database.ask(on -> on.select(THREAD.ADDRESS)
                .from(THREAD)
                .where(THREAD.UNREACHABLE_TOLD_AT.isNotNull())
                .orderBy(THREAD.CREATED_AT, THREAD.ID)
                .fetch(row -> EmailAddress.of(row.value1())));
    }
}
