package org.therapost.storage.james.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusName;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MessageEvent;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.james.events.FolderNotification.Kind;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.DatabaseNotifications;
import org.therapost.storage.store.SealedKeywords;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event bus of this process that tells the processes beside it on the same database what happened in folders, and hears it
 * from them; so that a mail program that waits on one server sees what another does on the next.
 *
 * <p>Others are told after the commit and by a thread of its own, many things at once: a transaction that notifies would hold
 * up every other that does until its commit is on disk. What was told while nobody could hear it is looked up once the
 * connection is back; what a process that dies has not told any more shows when a folder is opened again.
 */
public final class SharedEventBus implements EventBus, DatabaseNotifications, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedEventBus.class);
    private static final String CHANNEL = "therapost_folder";
    private static final int AT_ONCE = 500;
    // Others hear of one thing this much later, and of all that happened meanwhile by one statement.
    private static final Duration GATHERING = Duration.ofMillis(15);

    private final EventBus here;
    private final Database database;
    private final FolderNotificationEvents events;
    private final WatchedFolders followed;
    private final String process = UUID.randomUUID().toString();
    private final LinkedBlockingQueue<String> untold = new LinkedBlockingQueue<>();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final ScheduledExecutorService telling =
            Executors.newSingleThreadScheduledExecutor(thread("folder-news-telling"));
    private final ExecutorService hearing = Executors.newSingleThreadExecutor(thread("folder-news-hearing"));

    /**
     * @param here the bus of this process
     * @param shown the UIDs that a listener's session has been shown and not been told to be gone
     */
    public SharedEventBus(EventBus here, Database database, ServerKey key, Function<EventListener, LongStream> shown) {
        this.here = here;
        this.database = database;
        SealedKeywords sealedKeywords = new SealedKeywords(key);
        this.events = new FolderNotificationEvents(database, sealedKeywords);
        this.followed = new WatchedFolders(database, sealedKeywords, shown);
    }

    private static ThreadFactory thread(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Mono<Void> dispatch(Event event, Set<RegistrationKey> keys) {
        return Mono.defer(() -> {
            tell(event);
            return event instanceof Added added ? dispatchInOrder(added, keys) : here.dispatch(event, keys);
        });
    }

    /** Nobody hears of a message before those that came before it. */
    private Mono<Void> dispatchInOrder(Added added, Set<RegistrationKey> keys) {
        UUID folder = UuidMailboxId.of(added.getMailboxId());
        List<Long> uids = added.getUids().stream().map(MessageUid::asLong).toList();
        return Flux.fromIterable(before(folder, uids))
                .concatMap(earlier -> here.dispatch(earlier, keys))
                .then(here.dispatch(added, keys))
                .doOnSuccess(done -> followed.told(folder, uids));
    }

    private List<Event> before(UUID folder, List<Long> uids) {
        try {
            return followed.before(folder, uids);
        } catch (DataAccessException away) {
            LOG.warn("folder {}: earlier changes could not be read from the database ({})", folder, away.sqlState());
            return List.of();
        }
    }

    private void tell(Event event) {
        if (event.isNoop() || !(event instanceof MailboxEvent change)) {
            return;
        }
        UUID folder = UuidMailboxId.of(change.getMailboxId());
        if (event instanceof Added added) {
            tell(Kind.ADDED, folder, added);
        } else if (event instanceof FlagsUpdated flags) {
            tell(Kind.FLAGS, folder, flags);
        } else if (event instanceof Expunged expunged) {
            tell(Kind.EXPUNGED, folder, expunged);
        } else if (event instanceof MailboxDeletion) {
            tell(FolderNotification.encode(process, Kind.DELETED, folder, List.of()));
        }
    }

    private void tell(Kind kind, UUID folder, MessageEvent event) {
        tell(FolderNotification.encode(
                process,
                kind,
                folder,
                event.getUids().stream().map(MessageUid::asLong).toList()));
    }

    private void tell(List<String> news) {
        untold.addAll(news);
        if (gathering.getAndSet(true)) {
            return;
        }
        try {
            Future<?> unused = telling.schedule(this::tellAll, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.debug("closing: nobody is told any more");
        }
    }

    private void tellAll() {
        // First this, then the look: what comes in between is gathered anew.
        gathering.set(false);
        List<String> batch = new ArrayList<>();
        while (untold.drainTo(batch, AT_ONCE) > 0) {
            tellOthers(batch);
            batch.clear();
        }
    }

    private void tellOthers(List<String> batch) {
        try {
            // Lost news are no lost mail: their commit need not wait for the disk.
            database.sql()
                    .select(
                            DSL.field("set_config('synchronous_commit', 'off', true)"),
                            DSL.field(
                                    "(select count(pg_notify({0}, told)) from unnest({1}) told)",
                                    DSL.inline(CHANNEL), DSL.val(batch.toArray(String[]::new))))
                    .fetch();
        } catch (DataAccessException away) {
            LOG.warn("other processes were not told of changes in folders ({})", away.sqlState());
        }
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public void listening() {
        hear(() -> followed.all().forEach(this::passMissed));
    }

    /** What others told while the connection was gone. */
    private void passMissed(UUID folder) {
        try {
            MailboxIdRegistrationKey key = new MailboxIdRegistrationKey(new UuidMailboxId(folder));
            for (Event event : followed.missed(folder)) {
                here.dispatch(event, key).block();
            }
        } catch (DataAccessException away) {
            // The next connection looks again.
            LOG.warn("folder {}: missed changes could not be read from the database ({})", folder, away.sqlState());
        }
    }

    @Override
    public void heard(String payload) {
        if (!payload.startsWith(process)) {
            hear(() -> pass(payload));
        }
    }

    private void hear(Runnable work) {
        try {
            hearing.execute(work);
        } catch (RejectedExecutionException closing) {
            LOG.debug("closing: nothing is heard any more");
        }
    }

    private void pass(String payload) {
        try {
            FolderNotification news = FolderNotification.decode(payload);
            MailboxIdRegistrationKey key = new MailboxIdRegistrationKey(new UuidMailboxId(news.folder()));
            for (Event event : events.of(news)) {
                (event instanceof Added added ? dispatchInOrder(added, Set.of(key)) : here.dispatch(event, key))
                        .block();
            }
        } catch (IllegalArgumentException notOurs) {
            LOG.warn("a notification on the channel of folder changes is malformed");
        } catch (DataAccessException away) {
            LOG.warn("a change in a folder could not be read from the database ({})", away.sqlState());
        }
    }

    @Override
    public Publisher<Registration> register(EventListener.ReactiveEventListener listener, RegistrationKey key) {
        if (!(key instanceof MailboxIdRegistrationKey folder)) {
            return here.register(listener, key);
        }
        UUID id = UuidMailboxId.of(folder.getMailboxId());
        return Mono.defer(() -> {
            OrderedEventListener listening = new OrderedEventListener(listener);
            // First registered, then read: what happens in between is told twice rather than never.
            return Mono.from(here.register(listening, key))
                    .flatMap(registered -> follow(id, listener, registered, listening));
        });
    }

    private Mono<Registration> follow(
            UUID folder, EventListener session, Registration registered, OrderedEventListener listening) {
        try {
            followed.open(folder, session);
        } catch (DataAccessException away) {
            return Mono.from(registered.unregister()).then(Mono.error(away));
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return Mono.just(() -> Mono.from(registered.unregister()).then(Mono.fromRunnable(() -> {
            if (open.getAndSet(false)) {
                followed.close(folder, session);
                listening.end();
            }
        })));
    }

    /** How many sessions of this process hear what happens in a folder. */
    public int listeners() {
        return followed.sessions();
    }

    @Override
    public Registration register(EventListener.ReactiveEventListener listener, Group group) {
        return here.register(listener, group);
    }

    @Override
    public Mono<Void> reDeliver(Group group, Event event) {
        return here.reDeliver(group, event);
    }

    @Override
    public EventBusName eventBusName() {
        return here.eventBusName();
    }

    @Override
    public Collection<Group> listRegisteredGroups() {
        return here.listRegisteredGroups();
    }

    /** What is in work is told; nothing is heard any more. */
    @Override
    public void close() {
        hearing.shutdownNow();
        telling.shutdown();
    }
}
