package org.therapost.storage.james.mailbox;

import java.util.EnumSet;
import javax.mail.Flags;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.mailbox.store.MessageStorer;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMessageManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.therapost.storage.james.content.SealedMailboxMessage;
import reactor.core.publisher.Flux;

/** One folder, as James serves it: any keyword may be set on its messages. */
public final class SealedMessageManager extends StoreMessageManager {

    private final SealedMailboxManager manager;

    SealedMessageManager(
            SealedMailboxManager manager,
            Mailbox mailbox,
            StoreRightManager rights,
            BatchSizes batches,
            PreDeletionHooks hooks,
            MessageStorer storer) {
        super(
                EnumSet.of(MessageCapabilities.UniqueID),
                manager.getMapperFactory(),
                manager.index(),
                manager.getEventBus(),
                // What a lock would keep apart is kept apart by the folder's row.
                new NoMailboxPathLocker(),
                mailbox,
                manager.getQuotaComponents().getQuotaManager(),
                manager.getQuotaComponents().getQuotaRootResolver(),
                batches,
                rights,
                hooks,
                storer);
        this.manager = manager;
    }

    /**
     * Messages for whoever serves them himself.
     *
     * @param wanted what of them will be asked for, so that it is loaded for many at a time
     */
    public Flux<SealedMailboxMessage> served(
            MessageRange range, MessageMapper.FetchType wanted, MailboxSession session) {
        return manager.getMapperFactory()
                .getMessageMapper(session)
                .findInMailboxReactive(getMailboxEntity(), range, wanted, -1)
                .cast(SealedMailboxMessage.class);
    }

    @Override
    public Flags getPermanentFlags(MailboxSession session) {
        Flags flags = super.getPermanentFlags(session);
        flags.add(Flags.Flag.USER);
        return flags;
    }
}
