package org.therapost.storage.james.mailbox;

import java.util.Set;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.store.AbstractMessageManagerTest;
import org.apache.james.mailbox.store.MessageManagerTestSystem;
import org.junit.jupiter.api.BeforeEach;

class SealedMessageManagerTest extends AbstractMessageManagerTest {

    @BeforeEach
    void open() throws Exception {
        SealedMailboxManager manager = new SealedMailbox().manager(Set.of());
        setup(new MessageManagerTestSystem(manager) {
            @Override
            public Mailbox createMailbox(MailboxPath path, MailboxSession session) throws MailboxException {
                manager.createMailbox(path, session);
                return manager.getMailbox(path, session).getMailboxEntity();
            }
        });
    }
}
