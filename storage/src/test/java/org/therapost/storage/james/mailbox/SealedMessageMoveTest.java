package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.apache.james.mailbox.store.mail.model.MessageMoveTest;

class SealedMessageMoveTest extends MessageMoveTest {

    @Override
    protected MapperProvider createMapperProvider() {
        return new SealedMappers(new SealedMailbox());
    }
}
