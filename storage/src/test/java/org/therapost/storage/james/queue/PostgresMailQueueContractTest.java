package org.therapost.storage.james.queue;

import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueMetricContract;
import org.apache.james.queue.api.MailQueueMetricExtension;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;

/** James's own contracts of a mail queue, all of them. */
class PostgresMailQueueContractTest
        implements DelayedManageableMailQueueContract,
                DelayedPriorityMailQueueContract,
                PriorityManageableMailQueueContract,
                MailQueueMetricContract {

    private PostgresMailQueueFactory factory;
    private ManageableMailQueue queue;

    @BeforeEach
    void create(MailQueueMetricExtension.MailQueueMetricTestSystem metrics) {
        factory = new PostgresMailQueueFactory(
                TestDatabase.emptied(),
                new ServerKey(ServerKey.generate()),
                new RawMailQueueItemDecoratorFactory(),
                metrics.getMetricFactory(),
                metrics.getSpyGaugeRegistry());
        queue = factory.createQueue(MailQueueName.of("contract"));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
