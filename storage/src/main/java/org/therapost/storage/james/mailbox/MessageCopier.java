package org.therapost.storage.james.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jooq.DSLContext;
import org.therapost.storage.james.rows.MailboxMessageRow;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.SealedKeywords;
import org.therapost.storage.store.UidAllocator;

/** COPY and MOVE: further views of the same sealed content. Nothing is opened, and no content is read. */
final class MessageCopier {

    private MessageCopier() {}

    /** Shows messages in one more folder, each with a new UID and modification sequence, as {@code \Recent}. */
    static List<MessageMetaData> insert(
            DSLContext on, SealedKeywords sealedKeywords, UUID target, List<MailboxMessage> originals, Instant now)
            throws MailboxException {
        if (originals.isEmpty()) {
            return List.of();
        }
        UidAllocator.Numbers taken =
                MailboxSql.found(UidAllocator.take(on, target, originals.size(), originals.size()), target);
        List<MailboxMessageRow> messageCopier = new ArrayList<>(originals.size());
        for (int i = 0; i < originals.size(); i++) {
            int before = originals.size() - 1 - i;
            messageCopier.add(
                    copy(originals.get(i), target, taken.lastUid() - before, taken.highestModseq() - before, now));
        }
        MailboxMessageRows.insert(on, sealedKeywords, messageCopier);
        return messageCopier.stream().map(MailboxMessageRow::metaData).toList();
    }

    /**
     * Takes messages out of their folders, to be shown in another, which is locked too.
     *
     * @return those that are there; one that somebody else has taken away meanwhile is left out, so that none ever doubles
     */
    static List<MailboxMessage> take(DSLContext on, UUID target, List<MailboxMessage> originals)
            throws MailboxException {
        Map<UUID, List<Long>> uidsByFolder = new HashMap<>();
        for (MailboxMessage original : originals) {
            uidsByFolder
                    .computeIfAbsent(UuidMailboxId.of(original.getMailboxId()), any -> new ArrayList<>())
                    .add(original.getUid().asLong());
        }
        Set<UUID> folders = new HashSet<>(uidsByFolder.keySet());
        folders.add(target);
        UidAllocator.lockAll(on, folders);
        Map<UUID, Set<Long>> there = new HashMap<>();
        uidsByFolder.forEach(
                (folder, uids) -> there.put(folder, new HashSet<>(MailboxMessageRows.delete(on, folder, uids))));
        return originals.stream()
                .filter(original -> there.getOrDefault(UuidMailboxId.of(original.getMailboxId()), Set.of())
                        .contains(original.getUid().asLong()))
                .toList();
    }

    /** The row that shows a message in another folder. */
    static MailboxMessageRow copy(MailboxMessage original, UUID target, long uid, long modseq, Instant now) {
        Flags flags = original.createFlags();
        flags.add(Flags.Flag.RECENT);
        return row(original, target, uid, modseq, flags, now);
    }

    static MailboxMessageRow row(
            MailboxMessage original, UUID target, long uid, long modseq, Flags flags, Instant now) {
        return new MailboxMessageRow(
                new MailboxMessageRow.Place(target, uid, modseq),
                UuidMessageId.of(original.getMessageId()),
                UuidMessageId.of(original.getThreadId().getBaseMessageId()),
                new MailboxMessageRow.Dates(original.getInternalDate().toInstant(), Optional.of(now)),
                flags,
                new MailboxMessageRow.Sizes(
                        Math.toIntExact(original.getFullContentOctets()), Math.toIntExact(original.getHeaderOctets())));
    }
}
