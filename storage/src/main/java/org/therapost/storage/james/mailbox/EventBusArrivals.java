package org.therapost.storage.james.mailbox;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.event.EventFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.storage.Arrival;
import org.therapost.storage.ArrivalListener;

/** Tells James's event bus of messages that a journey has filed, so that waiting mail programs (IDLE) see them. */
public final class EventBusArrivals implements ArrivalListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventBusArrivals.class);
    // No mail program's session caused the event: none may take it for an echo of its own deed.
    private static final AtomicLong SESSIONS = new AtomicLong(Long.MIN_VALUE);

    private final EventBus bus;

    public EventBusArrivals(EventBus bus) {
        this.bus = bus;
    }

    @Override
    public void arrived(List<Arrival> arrivals) {
        Map<UuidMailboxId, List<Arrival>> byFolder =
                arrivals.stream().collect(Collectors.groupingBy(arrival -> new UuidMailboxId(arrival.mailboxId())));
        byFolder.forEach((folder, here) -> bus.dispatch(event(folder, here), new MailboxIdRegistrationKey(folder))
                .subscribe(
                        done -> {},
                        failed -> LOG.warn("folder {}: waiting mail programs were not told of new mail", folder)));
    }

    @Override
    public void vanished(List<Arrival> gone) {
        Map<UuidMailboxId, List<Arrival>> byFolder =
                gone.stream().collect(Collectors.groupingBy(one -> new UuidMailboxId(one.mailboxId())));
        byFolder.forEach((folder, here) -> bus.dispatch(expunged(folder, here), new MailboxIdRegistrationKey(folder))
                .subscribe(
                        done -> {},
                        failed -> LOG.warn("folder {}: waiting mail programs were not told of a note", folder)));
    }

    private static Expunged expunged(UuidMailboxId folder, List<Arrival> gone) {
        Arrival first = gone.get(0);
        Username owner = Username.of(first.username());
        return EventFactory.expunged()
                .randomEventId()
                .user(owner)
                .sessionId(SessionId.of(SESSIONS.getAndIncrement()))
                .mailboxId(folder)
                .mailboxPath(new MailboxPath(first.namespace(), owner, first.mailboxName()))
                .addMetaData(gone.stream().map(EventBusArrivals::metaData).toList())
                .build();
    }

    private static Added event(UuidMailboxId folder, List<Arrival> arrivals) {
        Arrival first = arrivals.get(0);
        Username owner = Username.of(first.username());
        return EventFactory.added()
                .randomEventId()
                .user(owner)
                .sessionId(SessionId.of(SESSIONS.getAndIncrement()))
                .mailboxId(folder)
                .mailboxPath(new MailboxPath(first.namespace(), owner, first.mailboxName()))
                .addMetaData(arrivals.stream().map(EventBusArrivals::metaData).toList())
                .isDelivery(Added.IS_DELIVERY)
                .build();
    }

    private static MessageMetaData metaData(Arrival arrival) {
        UuidMessageId id = new UuidMessageId(arrival.messageId());
        Date date = Date.from(arrival.internalDate());
        return new MessageMetaData(
                MessageUid.of(arrival.uid()),
                ModSeq.of(arrival.modseq()),
                FlagBits.flags(arrival.flags()),
                arrival.size(),
                date,
                Optional.of(date),
                id,
                ThreadId.fromBaseMessageId(id));
    }
}
