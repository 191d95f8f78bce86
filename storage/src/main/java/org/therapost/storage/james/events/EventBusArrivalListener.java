package org.therapost.storage.james.events;

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
import org.therapost.storage.james.rows.ImapFlags;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;

/** Tells James's event bus of messages that a journey has filed, so that waiting mail programs (IDLE) see them. */
public final class EventBusArrivalListener implements FolderArrivalListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventBusArrivalListener.class);
    // No mail program's session caused the event: none may take it for an echo of its own deed.
    private static final AtomicLong SESSIONS = new AtomicLong(Long.MIN_VALUE);

    private final EventBus bus;

    public EventBusArrivalListener(EventBus bus) {
        this.bus = bus;
    }

    @Override
    public void arrived(List<FolderArrival> arrivals) {
        Map<UuidMailboxId, List<FolderArrival>> byFolder = arrivals.stream()
                .collect(Collectors.groupingBy(folderArrival -> new UuidMailboxId(folderArrival.mailboxId())));
        byFolder.forEach((folder, here) -> bus.dispatch(event(folder, here), new MailboxIdRegistrationKey(folder))
                .subscribe(
                        done -> {},
                        failed -> LOG.warn("folder {}: waiting mail programs were not told of new mail", folder)));
    }

    @Override
    public void vanished(List<FolderArrival> gone) {
        Map<UuidMailboxId, List<FolderArrival>> byFolder =
                gone.stream().collect(Collectors.groupingBy(one -> new UuidMailboxId(one.mailboxId())));
        byFolder.forEach((folder, here) -> bus.dispatch(expunged(folder, here), new MailboxIdRegistrationKey(folder))
                .subscribe(
                        done -> {},
                        failed -> LOG.warn("folder {}: waiting mail programs were not told of a note", folder)));
    }

    private static Expunged expunged(UuidMailboxId folder, List<FolderArrival> gone) {
        FolderArrival first = gone.get(0);
        Username owner = Username.of(first.folder().username());
        return EventFactory.expunged()
                .randomEventId()
                .user(owner)
                .sessionId(SessionId.of(SESSIONS.getAndIncrement()))
                .mailboxId(folder)
                .mailboxPath(new MailboxPath(first.folder().namespace(), owner, first.mailboxName()))
                .addMetaData(
                        gone.stream().map(EventBusArrivalListener::metaData).toList())
                .build();
    }

    private static Added event(UuidMailboxId folder, List<FolderArrival> arrivals) {
        FolderArrival first = arrivals.get(0);
        Username owner = Username.of(first.folder().username());
        return EventFactory.added()
                .randomEventId()
                .user(owner)
                .sessionId(SessionId.of(SESSIONS.getAndIncrement()))
                .mailboxId(folder)
                .mailboxPath(new MailboxPath(first.folder().namespace(), owner, first.mailboxName()))
                .addMetaData(
                        arrivals.stream().map(EventBusArrivalListener::metaData).toList())
                .isDelivery(Added.IS_DELIVERY)
                .build();
    }

    private static MessageMetaData metaData(FolderArrival folderArrival) {
        UuidMessageId id = new UuidMessageId(folderArrival.messageId());
        Date date = Date.from(folderArrival.internalDate());
        return new MessageMetaData(
                MessageUid.of(folderArrival.uid()),
                ModSeq.of(folderArrival.entry().modseq()),
                ImapFlags.flags(folderArrival.entry().flags()),
                folderArrival.size(),
                date,
                Optional.of(date),
                id,
                ThreadId.fromBaseMessageId(id));
    }
}
