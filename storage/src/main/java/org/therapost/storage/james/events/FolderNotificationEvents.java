package org.therapost.storage.james.events;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.events.Event;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.event.EventFactory;
import org.therapost.storage.james.rows.MailboxMessageRow;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.SealedKeywords;

/** News of another process as James's events: what a session that has the folder open needs to know, read from the database. */
final class FolderNotificationEvents {

    // Who opened the folder knows its name; the other process did not tell it.
    private static final Username SOMEBODY = Username.of("somebody");
    private static final MailboxPath SOMEWHERE = MailboxPath.forUser(SOMEBODY, "somewhere");
    private static final UuidMessageId GONE = new UuidMessageId(new UUID(0, 0));

    // No session of this process caused them.
    private static final AtomicLong SESSIONS = new AtomicLong(Long.MIN_VALUE / 2);

    private final Database database;
    private final SealedKeywords sealedKeywords;

    FolderNotificationEvents(Database database, SealedKeywords sealedKeywords) {
        this.database = database;
        this.sealedKeywords = sealedKeywords;
    }

    List<Event> of(FolderNotification news) {
        UuidMailboxId folder = new UuidMailboxId(news.folder());
        return switch (news.kind()) {
            case ADDED -> ifAny(rows(news), rows -> added(folder, rows));
            case FLAGS -> ifAny(rows(news), rows -> flags(folder, rows));
            case EXPUNGED -> List.of(expunged(folder, news.uids()));
            case DELETED -> List.of(deleted(folder));
        };
    }

    private List<MailboxMessageRow> rows(FolderNotification news) {
        return MailboxMessageRows.ofUids(database.sql(), sealedKeywords, news.folder(), news.uids());
    }

    static List<Event> ifAny(List<MailboxMessageRow> rows, Function<List<MailboxMessageRow>, Event> event) {
        // They may be gone again; that is another piece of news.
        return rows.isEmpty() ? List.of() : List.of(event.apply(rows));
    }

    private static SessionId another() {
        return SessionId.of(SESSIONS.getAndIncrement());
    }

    static Event added(UuidMailboxId folder, List<MailboxMessageRow> rows) {
        return EventFactory.added()
                .randomEventId()
                .user(SOMEBODY)
                .sessionId(another())
                .mailboxId(folder)
                .mailboxPath(SOMEWHERE)
                .addMetaData(rows.stream().map(MailboxMessageRow::metaData).toList())
                .isDelivery(!Added.IS_DELIVERY)
                .build();
    }

    static Event flags(UuidMailboxId folder, List<MailboxMessageRow> rows) {
        return EventFactory.flagsUpdated()
                .randomEventId()
                .user(SOMEBODY)
                .sessionId(another())
                .mailboxId(folder)
                .mailboxPath(SOMEWHERE)
                .updatedFlags(
                        rows.stream().map(FolderNotificationEvents::changed).toList())
                .build();
    }

    // Which flag it was nobody told; sessions ask for all of them once one has changed.
    private static UpdatedFlags changed(MailboxMessageRow row) {
        Flags before = new Flags(row.flags());
        if (before.contains(Flag.ANSWERED)) {
            before.remove(Flag.ANSWERED);
        } else {
            before.add(Flag.ANSWERED);
        }
        return UpdatedFlags.builder()
                .uid(MessageUid.of(row.uid()))
                .modSeq(ModSeq.of(row.modseq()))
                .messageId(new UuidMessageId(row.message()))
                .oldFlags(before)
                .newFlags(row.flags())
                .build();
    }

    static Event expunged(UuidMailboxId folder, List<Long> uids) {
        return EventFactory.expunged()
                .randomEventId()
                .user(SOMEBODY)
                .sessionId(another())
                .mailboxId(folder)
                .mailboxPath(SOMEWHERE)
                .addMetaData(uids.stream().map(FolderNotificationEvents::gone).toList())
                .build();
    }

    private static MessageMetaData gone(long uid) {
        return new MessageMetaData(
                MessageUid.of(uid),
                ModSeq.first(),
                new Flags(),
                0,
                Date.from(Instant.EPOCH),
                Optional.empty(),
                GONE,
                ThreadId.fromBaseMessageId(GONE));
    }

    private static Event deleted(UuidMailboxId folder) {
        return EventFactory.mailboxDeleted()
                .randomEventId()
                .user(SOMEBODY)
                .sessionId(another())
                .mailboxId(folder)
                .mailboxPath(SOMEWHERE)
                .quotaRoot(QuotaRoot.quotaRoot("", Optional.empty()))
                .mailboxACL(MailboxACL.EMPTY)
                .quotaCount(QuotaCountUsage.count(0))
                .quotaSize(QuotaSizeUsage.size(0))
                .build();
    }
}
