package org.therapost.storage.james.events;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.jooq.Record2;
import org.therapost.storage.james.rows.MailboxMessageRow;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.SealedKeywords;

/**
 * The folders that sessions of this process have open, and how much of each they have been told.
 *
 * <p>UIDs become visible in their order, because the folder's row is locked from the assignment to the commit; but those who
 * tell of them may overtake each other, within a process and all the more between processes. A mail program that hears of UID
 * 12 asks for what is above 12 from then on, and would never see an 11 that comes later (RFC 9051 section 2.3.1.1).
 */
final class WatchedFolders {

    private final Database database;
    private final SealedKeywords sealedKeywords;
    private final Function<EventListener, LongStream> shown;
    private final Map<UUID, Followed> folders = new ConcurrentHashMap<>();

    /**
     * A folder.
     *
     * @param sessions the listeners of those that have it open
     * @param uid up to which its sessions know all messages
     * @param modseq up to which its sessions know all changes, at least
     */
    private record Followed(Set<EventListener> sessions, long uid, long modseq) {

        Followed with(EventListener session) {
            return new Followed(Sets.union(sessions, Set.of(session)).immutableCopy(), uid, modseq);
        }

        Followed without(EventListener session) {
            return new Followed(Sets.difference(sessions, Set.of(session)).immutableCopy(), uid, modseq);
        }

        Followed upTo(long last, long change) {
            return new Followed(sessions, Math.max(uid, last), Math.max(modseq, change));
        }
    }

    /** @param shown the UIDs that a listener's session has been shown and not been told to be gone */
    WatchedFolders(Database database, SealedKeywords sealedKeywords, Function<EventListener, LongStream> shown) {
        this.database = database;
        this.sealedKeywords = sealedKeywords;
        this.shown = shown;
    }

    Set<UUID> all() {
        return Set.copyOf(folders.keySet());
    }

    /** How many sessions have a folder open. */
    int sessions() {
        return folders.values().stream().mapToInt(one -> one.sessions().size()).sum();
    }

    /** A session opens a folder; it is registered for news and has not looked at the folder yet. */
    void open(UUID folder, EventListener session) {
        Followed now = counters(folder).with(session);
        folders.merge(folder, now, (had, any) -> had.with(session));
    }

    void close(UUID folder, EventListener session) {
        folders.computeIfPresent(folder, (any, had) -> {
            Followed left = had.without(session);
            return left.sessions().isEmpty() ? null : left;
        });
    }

    private Followed counters(UUID folder) {
        Record2<Long, Long> row = database.sql()
                .select(MAILBOX.LAST_UID, MAILBOX.HIGHEST_MODSEQ)
                .from(MAILBOX)
                .where(MAILBOX.ID.eq(folder))
                .fetchOne();
        return row == null ? new Followed(Set.of(), 0, 0) : new Followed(Set.of(), row.value1(), row.value2());
    }

    /** What has to be told before these messages: those below them that nobody has told of yet. */
    List<Event> before(UUID folder, Collection<Long> added) {
        Followed known = folders.get(folder);
        long first = added.stream().mapToLong(Long::longValue).min().orElse(0);
        if (known == null || first <= known.uid() + 1) {
            return List.of();
        }
        return FolderNotificationEvents.ifAny(
                MailboxMessageRows.page(
                        database.sql(), sealedKeywords, folder, known.uid() + 1, first - 1, Integer.MAX_VALUE),
                rows -> FolderNotificationEvents.added(new UuidMailboxId(folder), rows));
    }

    /** Sessions were told of these messages, and of all below. */
    void told(UUID folder, Collection<Long> added) {
        long last = added.stream().mapToLong(Long::longValue).max().orElse(0);
        folders.computeIfPresent(folder, (any, had) -> had.upTo(last, 0));
    }

    /** All that may have happened in a folder since its sessions were last told everything. */
    List<Event> missed(UUID folder) {
        Followed known = folders.get(folder);
        if (known == null) {
            return List.of();
        }
        Followed now = counters(folder);
        List<MailboxMessageRow> changed =
                MailboxMessageRows.changedSince(database.sql(), sealedKeywords, folder, known.modseq());
        List<Event> missed = new ArrayList<>();
        UuidMailboxId id = new UuidMailboxId(folder);
        missed.addAll(FolderNotificationEvents.ifAny(
                changed.stream().filter(row -> row.uid() > known.uid()).toList(),
                rows -> FolderNotificationEvents.added(id, rows)));
        missed.addAll(FolderNotificationEvents.ifAny(
                changed.stream().filter(row -> row.uid() <= known.uid()).toList(),
                rows -> FolderNotificationEvents.flags(id, rows)));
        List<Long> gone = gone(folder, known);
        if (!gone.isEmpty()) {
            missed.add(FolderNotificationEvents.expunged(id, gone));
        }
        folders.computeIfPresent(folder, (any, had) -> had.upTo(now.uid(), now.modseq()));
        return missed;
    }

    private List<Long> gone(UUID folder, Followed known) {
        List<Long> shownSomewhere = known.sessions().stream()
                .flatMap(session -> shown.apply(session).boxed())
                .distinct()
                .toList();
        if (shownSomewhere.isEmpty()) {
            return List.of();
        }
        Set<Long> there = database.sql()
                .select(MAILBOX_MESSAGE.UID)
                .from(MAILBOX_MESSAGE)
                .where(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder))
                .fetchSet(MAILBOX_MESSAGE.UID);
        return shownSomewhere.stream().filter(uid -> !there.contains(uid)).toList();
    }
}
