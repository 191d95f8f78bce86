package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.metrics.api.MetricFactory;
import org.therapost.domain.sealing.ReaderSessions;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.server.imap.LoginSessions;
import org.therapost.storage.ArrivalListener;
import org.therapost.storage.Database;
import org.therapost.storage.james.mailbox.EventBusArrivals;
import org.therapost.storage.james.mailbox.JooqFolderReaders;
import org.therapost.storage.james.mailbox.ReadingViews;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.james.mailbox.SealedMapperFactory;

/** James's mailbox on our tables. */
public final class MailboxModule extends AbstractModule {

    @Provides
    @Singleton
    EventBus eventBus(MetricFactory metrics) {
        return new InVMEventBus(
                new InVmEventDelivery(metrics), RetryBackoffConfiguration.DEFAULT, new MemoryEventDeadLetters());
    }

    @Provides
    @Singleton
    ArrivalListener arrivals(EventBus eventBus) {
        return new EventBusArrivals(eventBus);
    }

    @Provides
    @Singleton
    SealedMapperFactory mappers(
            Database database, SpoolKey spoolKey, Sealer sealer, ReaderSessions readers, Clock clock) {
        return new SealedMapperFactory(
                database,
                spoolKey,
                sealer,
                new JooqFolderReaders(database, spoolKey, clock),
                ReadingViews.of(readers),
                clock);
    }

    @Provides
    @Singleton
    SealedMailboxManager mailboxes(
            SealedMapperFactory mappers, ReaderSessions readers, EventBus eventBus, Clock clock) {
        return new SealedMailboxManager(
                mappers,
                new LoginSessions(readers),
                eventBus,
                new StoreRightManager(mappers, new UnionMailboxACLResolver(), eventBus),
                mappers.search(),
                clock);
    }

    @Provides
    @Singleton
    SubscriptionManager subscriptions(SealedMapperFactory mappers, EventBus eventBus) {
        return new StoreSubscriptionManager(mappers, mappers, eventBus);
    }
}
