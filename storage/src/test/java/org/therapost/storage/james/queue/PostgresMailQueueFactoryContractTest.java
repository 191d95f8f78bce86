package org.therapost.storage.james.queue;

import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactoryContract;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.ManageableMailQueueFactoryContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;

/** James's own contract of a factory of mail queues. */
class PostgresMailQueueFactoryContractTest
        implements ManageableMailQueueFactoryContract<ManageableMailQueue>,
                MailQueueFactoryContract<ManageableMailQueue> {

    private PostgresMailQueueFactory factory;

    @BeforeEach
    void create() {
        factory = new PostgresMailQueueFactory(
                TestDatabase.emptied(),
                new ServerKey(ServerKey.generate()),
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Override
    public MailQueueFactory<ManageableMailQueue> getMailQueueFactory() {
        return factory;
    }
}
