package org.therapost.storage.james.mailbox;

import java.util.Set;
import org.apache.james.mailbox.store.AbstractMessageIdManagerStorageTest;
import org.apache.james.mailbox.store.MessageIdManagerTestSystem;
import org.apache.james.mailbox.store.quota.NoQuotaManager;
import org.therapost.storage.james.rows.UuidMessageId;

class SealedMessageIdManagerStorageTest extends AbstractMessageIdManagerStorageTest {

    @Override
    protected MessageIdManagerTestSystem createTestingData() {
        SealedMailbox mailbox = new SealedMailbox();
        return new MessageIdManagerTestSystem(
                mailbox.messageIds(new NoQuotaManager(), Set.of()),
                new UuidMessageId.Factory(),
                mailbox.mappers,
                mailbox.manager(Set.of()));
    }
}
