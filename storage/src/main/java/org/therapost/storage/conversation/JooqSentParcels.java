package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.SENT_PARCEL;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.carriage.DeliveryReport;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.SentParcelRecord;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.SentParcelRows;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;

/** Parcels that left, in PostgreSQL. */
public final class JooqSentParcels implements SentParcels {

    private final Database database;
    private final BounceAddresses addresses;
    private final MessageRows messages;
    private final FolderArrivalListener listener;

    public JooqSentParcels(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        this.database = database;
        this.addresses = new BounceAddresses(serverKey);
        this.messages = new MessageRows(serverKey);
        this.listener = listener;
    }

    @Override
    public Optional<Sent> byAddress(EmailAddress envelopeSender) throws CannotTellException {
        return find(SENT_PARCEL.ADDRESS_MAC.eq(addresses.pseudonym(envelopeSender)));
    }

    @Override
    public Optional<Sent> byMessageId(ThreadId thread, String messageId) throws CannotTellException {
        return find(SENT_PARCEL
                .MESSAGE_ID_MAC
                .eq(addresses.pseudonym(messageId))
                .and(SENT_PARCEL.THREAD_ID.eq(thread.value())));
    }

    private Optional<Sent> find(Condition which) throws CannotTellException {
        return database.ask(on -> on.select(SENT_PARCEL.PARCEL_ID, SENT_PARCEL.THREAD_ID)
                .from(SENT_PARCEL)
                .where(which)
                .and(SentParcelRows.stillReported())
                .limit(1)
                .fetchOptional(row -> new Sent(new ParcelId(row.value1()), new ThreadId(row.value2()))));
    }

    @Override
    public boolean report(ParcelId parcel, DeliveryReport.Outcome outcome, List<Filing> notices)
            throws CannotTellException {
        TableField<SentParcelRecord, Instant> told =
                outcome == DeliveryReport.Outcome.FAILED ? SENT_PARCEL.FAILED_AT : SENT_PARCEL.DELAYED_AT;
        List<FolderArrival> arrivals = new ArrayList<>();
        boolean first = database.transact(tx -> {
            arrivals.clear();
            boolean now = tx.update(SENT_PARCEL)
                            .set(told, DSL.field("clock_timestamp()", Instant.class))
                            .where(SentParcelRows.is(parcel.value()))
                            .and(told.isNull())
                            .execute()
                    > 0;
            if (now) {
                notices.forEach(notice -> arrivals.addAll(messages.insertNew(tx, notice)));
            }
            return now;
        });
        listener.arrived(arrivals);
        return first;
    }
}
