package org.therapost.storage.james.mailbox;

import java.util.Set;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.AbstractCombinationManagerTest;
import org.apache.james.mailbox.store.CombinationManagerTestSystem;
import org.apache.james.mailbox.store.quota.NoQuotaManager;

class SealedCombinationManagerTest extends AbstractCombinationManagerTest {

    @Override
    protected CombinationManagerTestSystem createTestingData() {
        SealedMailbox mailbox = new SealedMailbox();
        SealedMailboxManager manager = mailbox.manager(Set.of());
        return new CombinationManagerTestSystem(manager, mailbox.messageIds(new NoQuotaManager(), Set.of())) {
            @Override
            public Mailbox createMailbox(MailboxPath path, MailboxSession session) throws MailboxException {
                manager.createMailbox(path, session);
                return manager.getMailbox(path, session).getMailboxEntity();
            }

            @Override
            public MessageManager createMessageManager(Mailbox folder, MailboxSession session) {
                return manager.createMessageManager(folder, session);
            }
        };
    }
}
