package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMapperACLTest;

class JooqMailboxMapperAclTest extends MailboxMapperACLTest {

    @Override
    protected MailboxMapper createMailboxMapper() {
        return new SealedMappers(new SealedMailbox()).createMailboxMapper();
    }
}
