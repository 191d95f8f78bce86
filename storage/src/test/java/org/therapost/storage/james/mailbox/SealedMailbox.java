package org.therapost.storage.james.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusTestFixture;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.extension.PreDeletionHook;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.utils.UpdatableTickingClock;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.InMemorySealer;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.Database;

/** James's mailbox on an empty database, where everybody's folders are sealed to one reader who is always logged in. */
public final class SealedMailbox {

    /** The key under which names are sealed. */
    public static final ServerKey KEY = new ServerKey(ServerKey.generate());

    // The limits that James's contract of annotations expects.
    private static final int ANNOTATIONS = 3;
    private static final int ANNOTATION_SIZE = 30;

    private static final Certificate READER = new Certificate("reader".getBytes(StandardCharsets.US_ASCII));

    public final Database database = TestDatabase.emptied();
    public final UpdatableTickingClock clock = new UpdatableTickingClock(Instant.now());
    public final SealedMapperFactory mappers = mappers(database, clock);
    public final EventBus bus;
    public final SessionProviderImpl sessions;

    public SealedMailbox() {
        this(new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject()));
    }

    public SealedMailbox(SessionProviderImpl sessions) {
        this(sessions, inThisProcess());
    }

    SealedMailbox(EventBus bus) {
        this(new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject()), bus);
    }

    private SealedMailbox(SessionProviderImpl sessions, EventBus bus) {
        this.sessions = sessions;
        this.bus = bus;
    }

    public static EventBus inThisProcess() {
        return new InVMEventBus(
                new InVmEventDelivery(new RecordingMetricFactory()),
                EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION,
                new MemoryEventDeadLetters());
    }

    static SealedMapperFactory mappers(Database database, Clock clock) {
        return new SealedMapperFactory(
                database,
                KEY,
                new InMemorySealer(),
                (folder, owner, messageId) -> Readers.of(READER),
                reader -> Optional.of(InMemorySealer.view(READER)),
                clock);
    }

    StoreRightManager rights() {
        return new StoreRightManager(mappers, new UnionMailboxACLResolver(), bus);
    }

    public SealedMailboxManager manager(Set<PreDeletionHook> hooks) {
        return manager(hooks, QuotaComponents.disabled(sessions, mappers));
    }

    public SealedMailboxManager manager(Set<PreDeletionHook> hooks, QuotaComponents quotas) {
        return new SealedMailboxManager(
                mappers,
                sessions,
                bus,
                rights(),
                mappers.search(),
                quotas,
                new StoreMailboxAnnotationManager(mappers, rights(), ANNOTATIONS, ANNOTATION_SIZE),
                new PreDeletionHooks(hooks, new RecordingMetricFactory()),
                clock);
    }

    public StoreMessageIdManager messageIds(QuotaManager quotas, Set<PreDeletionHook> hooks) {
        return new StoreMessageIdManager(
                rights(),
                mappers,
                bus,
                quotas,
                new DefaultUserQuotaRootResolver(sessions, mappers),
                new PreDeletionHooks(hooks, new RecordingMetricFactory()));
    }
}
