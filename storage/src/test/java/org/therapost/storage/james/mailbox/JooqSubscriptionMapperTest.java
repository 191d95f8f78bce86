package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.SubscriptionMapperTest;

class JooqSubscriptionMapperTest extends SubscriptionMapperTest {

    @Override
    protected SubscriptionMapper createSubscriptionMapper() {
        return new JooqSubscriptionMapper(new SealedMailbox().database, SealedMailbox.KEY);
    }
}
