package org.therapost.storage.james.quota;

import java.util.Set;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.store.AbstractMessageIdManagerQuotaTest;
import org.apache.james.mailbox.store.MessageIdManagerTestSystem;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.therapost.storage.james.mailbox.SealedMailbox;
import org.therapost.storage.james.quota.PostgresMaxQuotaManager.Defaults;
import org.therapost.storage.james.rows.UuidMessageId;

class SealedMessageIdManagerQuotaTest extends AbstractMessageIdManagerQuotaTest {

    private final SealedMailbox mailbox = new SealedMailbox();

    @Override
    protected MessageIdManagerTestSystem createTestSystem(QuotaManager quotas, CurrentQuotaManager used) {
        QuotaComponents components = new QuotaComponents(
                createMaxQuotaManager(), quotas, new DefaultUserQuotaRootResolver(mailbox.sessions, mailbox.mappers));
        return new MessageIdManagerTestSystem(
                mailbox.messageIds(quotas, Set.of()),
                new UuidMessageId.Factory(),
                mailbox.mappers,
                mailbox.manager(Set.of(), components));
    }

    @Override
    protected MaxQuotaManager createMaxQuotaManager() {
        return new PostgresMaxQuotaManager(mailbox.database, Defaults.NONE);
    }

    @Override
    protected CurrentQuotaManager createCurrentQuotaManager() {
        return new PostgresCurrentQuotaManager(mailbox.database);
    }

    @Override
    protected QuotaManager createQuotaManager(MaxQuotaManager limits, CurrentQuotaManager used) {
        return new OnDemandQuotaManager(used, limits);
    }
}
