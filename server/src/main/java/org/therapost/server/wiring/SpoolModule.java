package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import java.util.List;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.spool.Spool;
import org.therapost.storage.james.events.SharedEventBus;
import org.therapost.storage.james.queue.PostgresMailQueueFactory;
import org.therapost.storage.james.repository.PostgresMailRepositoryFactory;
import org.therapost.storage.james.repository.PostgresMailRepositoryUrlStore;
import org.therapost.storage.james.repository.SealedMailRepositoryStore;
import org.therapost.storage.postgres.Database;

/** James's spooler over our queue. */
public final class SpoolModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(Spool.class).in(Scopes.SINGLETON);
        bind(JamesMailSpooler.class).in(Scopes.SINGLETON);
        bind(CompositeProcessorImpl.class).in(Scopes.SINGLETON);
        bind(MailProcessor.class).to(CompositeProcessorImpl.class);
        bind(new TypeLiteral<MailQueueFactory<?>>() {}).to(PostgresMailQueueFactory.class);
    }

    @Provides
    @Singleton
    PostgresMailQueueFactory queues(
            Database database,
            ServerKey serverKey,
            MetricFactory metrics,
            GaugeRegistry gauges,
            SharedEventBus events) {
        return new PostgresMailQueueFactory(
                database, serverKey, new RawMailQueueItemDecoratorFactory(), metrics, gauges, List.of(events));
    }

    @Provides
    @Singleton
    MailRepositoryStore repositories(Database database, ServerKey serverKey) {
        return new SealedMailRepositoryStore(
                new PostgresMailRepositoryUrlStore(database), new PostgresMailRepositoryFactory(database, serverKey));
    }
}
