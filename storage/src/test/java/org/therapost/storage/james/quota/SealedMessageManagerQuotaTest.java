package org.therapost.storage.james.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.manager.IntegrationResources;
import org.apache.james.mailbox.manager.ManagerTestProvisionner;
import org.apache.james.mailbox.manager.QuotaMessageManagerContract;
import org.apache.james.mailbox.mock.MockMail;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.storage.james.mailbox.SealedMailbox;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.james.quota.PostgresMaxQuotaManager.Defaults;

class SealedMessageManagerQuotaTest implements QuotaMessageManagerContract<SealedMailboxManager> {

    private final SealedMailbox mailbox = new SealedMailbox(authenticating());
    private final PostgresMaxQuotaManager limits = new PostgresMaxQuotaManager(mailbox.database, Defaults.NONE);
    private final PostgresCurrentQuotaManager used = new PostgresCurrentQuotaManager(mailbox.database);
    private final QuotaComponents components = new QuotaComponents(
            limits,
            new OnDemandQuotaManager(used, limits),
            new DefaultUserQuotaRootResolver(mailbox.sessions, mailbox.mappers));
    private final Resources resources = new Resources(mailbox.manager(Set.of(), components), components);
    private ManagerTestProvisionner provisionner;

    private static SessionProviderImpl authenticating() {
        FakeAuthenticator users = new FakeAuthenticator();
        users.addUser(ManagerTestProvisionner.USER, ManagerTestProvisionner.USER_PASS);
        return new SessionProviderImpl(users, FakeAuthorizator.defaultReject());
    }

    private record Resources(SealedMailboxManager manager, QuotaComponents quotas)
            implements IntegrationResources<SealedMailboxManager> {

        @Override
        public SealedMailboxManager getMailboxManager() {
            return manager;
        }

        @Override
        public QuotaManager getQuotaManager() {
            return quotas.getQuotaManager();
        }

        @Override
        public MaxQuotaManager getMaxQuotaManager() {
            return quotas.getMaxQuotaManager();
        }

        @Override
        public QuotaRootResolver getQuotaRootResolver() {
            return quotas.getQuotaRootResolver();
        }
    }

    @BeforeEach
    void two_folders() throws Exception {
        provisionner = new ManagerTestProvisionner(resources);
        provisionner.createMailboxes();
    }

    @Override
    public IntegrationResources<SealedMailboxManager> getResources() {
        return resources;
    }

    @Override
    public ManagerTestProvisionner getProvisionner() {
        return provisionner;
    }

    @Test
    void what_is_used_is_what_the_folders_show() throws Exception {
        MailboxPath inbox = ManagerTestProvisionner.INBOX;
        QuotaRoot root = resources.getQuotaRootResolver().getQuotaRoot(inbox);
        provisionner.fillMailbox();
        assertThat(used.getCurrentQuotas(root).block()).isEqualTo(quotas(16));
        resources
                .getMailboxManager()
                .copyMessages(
                        org.apache.james.mailbox.model.MessageRange.all(),
                        inbox,
                        provisionner.getSubFolder(),
                        provisionner.getSession());
        assertThat(used.getCurrentQuotas(root).block()).isEqualTo(quotas(32));
        resources.getMailboxManager().deleteMailbox(provisionner.getSubFolder(), provisionner.getSession());
        assertThat(used.getCurrentQuotas(root).block()).isEqualTo(quotas(16));
    }

    @Test
    void nothing_is_counted_while_nothing_is_limited() throws Exception {
        QuotaRoot root = resources.getQuotaRootResolver().getQuotaRoot(ManagerTestProvisionner.INBOX);
        provisionner.fillMailbox();
        limits.removeGlobalMaxMessage();
        limits.removeGlobalMaxStorage();
        assertThat(resources.getQuotaManager().getStorageQuota(root).getUsed().asLong())
                .isZero();
        limits.setMaxStorage(root, QuotaSizeLimit.size(1));
        assertThat(resources.getQuotaManager().getStorageQuota(root).getUsed().asLong())
                .isEqualTo(16L * MockMail.MAIL_TEXT_PLAIN.length());
    }

    private static CurrentQuotas quotas(int messages) {
        return new CurrentQuotas(
                QuotaCountUsage.count(messages),
                QuotaSizeUsage.size((long) messages * MockMail.MAIL_TEXT_PLAIN.length()));
    }
}
