package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMapperTest;

class JooqMailboxMapperTest extends MailboxMapperTest {

    private final SealedMappers mappers = new SealedMappers(new SealedMailbox());

    @Override
    protected MailboxMapper createMailboxMapper() {
        return mappers.createMailboxMapper();
    }

    @Override
    protected MailboxId generateId() {
        return mappers.generateId();
    }
}
