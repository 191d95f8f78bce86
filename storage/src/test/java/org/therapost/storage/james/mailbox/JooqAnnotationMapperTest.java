package org.therapost.storage.james.mailbox;

import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.model.AnnotationMapperTest;

class JooqAnnotationMapperTest extends AnnotationMapperTest {

    private final SealedMailbox mailbox = new SealedMailbox();

    @Override
    protected AnnotationMapper createAnnotationMapper() {
        return new JooqAnnotationMapper(mailbox.database, SealedMailbox.KEY);
    }

    @Override
    protected MailboxId generateMailboxId() {
        return new SealedMappers(mailbox)
                .createMailboxMapper()
                .create(MailboxPath.inbox(Username.of("benwa")), UidValidity.of(42))
                .block()
                .getMailboxId();
    }
}
