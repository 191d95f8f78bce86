package org.therapost.storage.james.mailbox;

import java.util.Set;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxManagerStressContract;

class SealedMailboxManagerStressTest implements MailboxManagerStressContract<SealedMailboxManager> {

    private final SealedMailboxManager manager = new SealedMailbox().manager(Set.of());

    @Override
    public SealedMailboxManager getManager() {
        return manager;
    }

    @Override
    public EventBus retrieveEventBus() {
        return manager.getEventBus();
    }
}
