package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.apache.james.mailbox.store.mail.model.MessageIdMapperTest;
import org.apache.james.utils.UpdatableTickingClock;

class JooqMessageIdMapperTest extends MessageIdMapperTest {

    private final SealedMailbox mailbox = new SealedMailbox();

    @Override
    protected MapperProvider provideMapper() {
        return new SealedMappers(mailbox);
    }

    @Override
    protected UpdatableTickingClock updatableTickingClock() {
        return mailbox.clock;
    }
}
