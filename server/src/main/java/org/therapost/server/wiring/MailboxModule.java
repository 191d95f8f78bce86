package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.exception.SubscriptionException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.metrics.api.MetricFactory;
import org.reactivestreams.Publisher;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.protocols.imap.selected.AnnouncedFolder;
import org.therapost.protocols.imap.session.ImapNaming;
import org.therapost.protocols.imap.session.LoginMailboxSessions;
import org.therapost.storage.james.content.FolderReaders;
import org.therapost.storage.james.content.JooqFolderReaders;
import org.therapost.storage.james.content.ReaderViews;
import org.therapost.storage.james.events.EventBusArrivalListener;
import org.therapost.storage.james.events.SharedEventBus;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.james.mailbox.SealedMapperFactory;
import org.therapost.storage.james.quota.OnDemandQuotaManager;
import org.therapost.storage.james.quota.PostgresCurrentQuotaManager;
import org.therapost.storage.james.quota.PostgresMaxQuotaManager;
import org.therapost.storage.james.quota.QuotaSettings;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrivalListener;
import reactor.core.publisher.Flux;

/** James's mailbox on our tables. */
public final class MailboxModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(EventBus.class).to(SharedEventBus.class);
    }

    @Provides
    @Singleton
    SharedEventBus eventBus(MetricFactory metrics, Database database, ServerKey serverKey) {
        return new SharedEventBus(
                new InVMEventBus(
                        new InVmEventDelivery(metrics),
                        RetryBackoffConfiguration.DEFAULT,
                        new MemoryEventDeadLetters()),
                database,
                serverKey,
                AnnouncedFolder::shown);
    }

    @Provides
    @Singleton
    FolderArrivalListener arrivals(EventBus eventBus) {
        return new EventBusArrivalListener(eventBus);
    }

    @Provides
    @Singleton
    ImapNaming spelling() {
        return ImapNaming.OURS;
    }

    @Provides
    @Singleton
    FolderReaders folderReaders(Database database, ServerKey serverKey, Clock clock, ImapNaming spelling) {
        JooqFolderReaders readers = new JooqFolderReaders(database, serverKey, clock);
        return (folder, owner, messageId) ->
                readers.of(folder, Username.of(spelling.account(owner).canonical()), messageId);
    }

    @Provides
    @Singleton
    ReaderViews views(ReaderLogins readers, ImapNaming spelling) {
        return login -> readers.view(spelling.account(login));
    }

    @Provides
    @Singleton
    SessionProvider sessions(ReaderLogins readers, ImapNaming spelling) {
        return new LoginMailboxSessions(readers, spelling);
    }

    @Provides
    @Singleton
    MaxQuotaManager limits(Database database, QuotaSettings settings) {
        return new PostgresMaxQuotaManager(
                database,
                new PostgresMaxQuotaManager.Defaults(
                        settings.messages().map(QuotaCountLimit::count),
                        settings.octets().map(QuotaSizeLimit::size)));
    }

    @Provides
    @Singleton
    CurrentQuotaManager used(Database database) {
        return new PostgresCurrentQuotaManager(database);
    }

    @Provides
    @Singleton
    UserQuotaRootResolver quotaRoots(SessionProvider sessions, SealedMapperFactory mappers) {
        return new DefaultUserQuotaRootResolver(sessions, mappers);
    }

    @Provides
    @Singleton
    QuotaComponents quotas(MaxQuotaManager limits, CurrentQuotaManager used, UserQuotaRootResolver roots) {
        return new QuotaComponents(limits, new OnDemandQuotaManager(used, limits), roots);
    }

    @Provides
    @Singleton
    SealedMapperFactory mappers(
            Database database,
            ServerKey serverKey,
            Sealer sealer,
            FolderReaders folderReaders,
            ReaderViews views,
            Clock clock) {
        return new SealedMapperFactory(database, serverKey, sealer, folderReaders, views, clock);
    }

    @Provides
    @Singleton
    SealedMailboxManager mailboxes(
            SealedMapperFactory mappers,
            SessionProvider sessions,
            EventBus eventBus,
            QuotaComponents quotas,
            Clock clock) {
        return new SealedMailboxManager(
                mappers,
                sessions,
                eventBus,
                new StoreRightManager(mappers, new UnionMailboxACLResolver(), eventBus),
                mappers.search(),
                quotas,
                clock);
    }

    @Provides
    @Singleton
    SubscriptionManager subscriptions(SealedMapperFactory mappers, EventBus eventBus) {
        return new StoreSubscriptionManager(mappers, mappers, eventBus) {
            @Override
            public Publisher<MailboxPath> subscriptionsReactive(MailboxSession session) throws SubscriptionException {
                // A folder subscribed at enrolment and again by a mail program is spelled in two ways.
                return Flux.from(super.subscriptionsReactive(session)).distinct();
            }
        };
    }
}
