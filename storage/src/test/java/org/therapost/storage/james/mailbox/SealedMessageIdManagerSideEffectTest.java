package org.therapost.storage.james.mailbox;

import java.util.Set;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.extension.PreDeletionHook;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.store.AbstractMessageIdManagerSideEffectTest;
import org.apache.james.mailbox.store.MessageIdManagerTestSystem;
import org.therapost.storage.james.rows.UuidMessageId;

class SealedMessageIdManagerSideEffectTest extends AbstractMessageIdManagerSideEffectTest {

    @Override
    protected MessageIdManagerTestSystem createTestSystem(
            QuotaManager quotas, EventBus bus, Set<PreDeletionHook> hooks) {
        SealedMailbox mailbox = new SealedMailbox(bus);
        return new MessageIdManagerTestSystem(
                mailbox.messageIds(quotas, hooks),
                new UuidMessageId.Factory(),
                mailbox.mappers,
                mailbox.manager(hooks));
    }
}
