package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.SubscriptionManagerContract;
import org.apache.james.mailbox.store.StoreSubscriptionManager;

class StoreSubscriptionManagerContractTest implements SubscriptionManagerContract {

    private final SealedMailbox mailbox = new SealedMailbox();

    @Override
    public SubscriptionManager getSubscriptionManager() {
        return new StoreSubscriptionManager(mailbox.mappers, mailbox.mappers, mailbox.bus);
    }
}
