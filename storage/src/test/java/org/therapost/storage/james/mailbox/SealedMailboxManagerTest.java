package org.therapost.storage.james.mailbox;

import java.util.Optional;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManagerTest;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;

class SealedMailboxManagerTest extends MailboxManagerTest<SealedMailboxManager> {

    private final SealedMailbox mailbox = new SealedMailbox();
    private Optional<SealedMailboxManager> manager = Optional.empty();

    @Override
    protected SealedMailboxManager provideMailboxManager() {
        if (manager.isEmpty()) {
            manager = Optional.of(mailbox.manager(preDeletionHooks()));
        }
        return manager.get();
    }

    @Override
    protected SubscriptionManager provideSubscriptionManager() {
        return new StoreSubscriptionManager(mailbox.mappers, mailbox.mappers, mailbox.bus);
    }

    @Override
    protected EventBus retrieveEventBus(SealedMailboxManager manager) {
        return manager.getEventBus();
    }
}
