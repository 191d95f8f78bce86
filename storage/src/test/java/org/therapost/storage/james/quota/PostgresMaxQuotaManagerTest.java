package org.therapost.storage.james.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.quota.GenericMaxQuotaManagerTest;
import org.junit.jupiter.api.Test;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.james.quota.PostgresMaxQuotaManager.Defaults;

class PostgresMaxQuotaManagerTest extends GenericMaxQuotaManagerTest {

    @Override
    protected MaxQuotaManager provideMaxQuotaManager() {
        return new PostgresMaxQuotaManager(TestDatabase.emptied(), Defaults.NONE);
    }

    @Test
    void the_limit_of_the_configuration_holds_until_one_is_set_for_all() {
        PostgresMaxQuotaManager manager = new PostgresMaxQuotaManager(
                TestDatabase.emptied(),
                new Defaults(Optional.of(QuotaCountLimit.count(7)), Optional.of(QuotaSizeLimit.size(700))));
        assertThat(manager.getGlobalMaxMessage()).contains(QuotaCountLimit.count(7));
        manager.setGlobalMaxMessage(QuotaCountLimit.unlimited());
        assertThat(manager.getGlobalMaxMessage()).contains(QuotaCountLimit.unlimited());
        assertThat(manager.getGlobalMaxStorage()).contains(QuotaSizeLimit.size(700));
        manager.removeGlobalMaxMessage();
        assertThat(manager.getGlobalMaxMessage()).contains(QuotaCountLimit.count(7));
    }

    @Test
    void one_user_can_be_freed_from_the_limit_of_all() throws Exception {
        maxQuotaManager.setGlobalMaxStorage(QuotaSizeLimit.size(1));
        maxQuotaManager.setMaxStorage(QUOTA_ROOT, QuotaSizeLimit.unlimited());
        assertThat(maxQuotaManager.getMaxStorage(QUOTA_ROOT)).contains(QuotaSizeLimit.unlimited());
    }
}
