package org.therapost.storage.james.quota;

import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.store.quota.CurrentQuotaManagerContract;
import org.therapost.storage.TestDatabase;

class PostgresCurrentQuotaManagerTest implements CurrentQuotaManagerContract {

    private final PostgresCurrentQuotaManager manager = new PostgresCurrentQuotaManager(TestDatabase.emptied());

    @Override
    public CurrentQuotaManager testee() {
        return manager;
    }
}
