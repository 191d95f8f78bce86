package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.therapost.storage.james.rows.ImapFlags;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.FolderFlag;
import org.therapost.storage.store.SealedKeywords;
import org.therapost.storage.store.UidAllocator;

/**
 * Changes of flags. James's calculator decides what the new flags are; messages that end up with the same flags are
 * written by one statement.
 */
final class FlagChanges {

    private static final Condition IS_RECENT = FolderFlag.RECENT.isSet();

    private FlagChanges() {}

    /**
     * Changes the flags of the messages that a condition selects in one folder.
     *
     * @return all of them in order of their UIDs, also those that had the flags already
     */
    static List<UpdatedFlags> apply(
            DSLContext on,
            SealedKeywords sealedKeywords,
            UUID mailbox,
            Condition condition,
            FlagsUpdateCalculator calculator)
            throws MailboxException {
        MailboxSql.found(UidAllocator.lock(on, mailbox), mailbox);
        Map<Flags, List<Long>> uidsByFlags = new HashMap<>();
        List<UpdatedFlags.Builder> updates = new ArrayList<>();
        List<Boolean> changed = new ArrayList<>();
        on.select(
                        MAILBOX_MESSAGE.UID,
                        MAILBOX_MESSAGE.MESSAGE_ID,
                        MAILBOX_MESSAGE.MODSEQ,
                        MAILBOX_MESSAGE.FLAGS,
                        MAILBOX_MESSAGE.USER_FLAGS)
                .from(MAILBOX_MESSAGE)
                .where(condition)
                .and(MAILBOX_MESSAGE.MAILBOX_ID.eq(mailbox))
                .orderBy(MAILBOX_MESSAGE.UID)
                .forEach(row -> {
                    Flags before = ImapFlags.flags(row.value4(), sealedKeywords.open(List.of(row.value5())));
                    Flags after = calculator.buildNewFlags(before);
                    boolean change = UpdatedFlags.flagsChanged(before, after);
                    if (change) {
                        uidsByFlags
                                .computeIfAbsent(after, any -> new ArrayList<>())
                                .add(row.value1());
                    }
                    changed.add(change);
                    updates.add(UpdatedFlags.builder()
                            .uid(MessageUid.of(row.value1()))
                            .messageId(new UuidMessageId(row.value2()))
                            .modSeq(ModSeq.of(row.value3()))
                            .oldFlags(before)
                            .newFlags(after));
                });
        if (!uidsByFlags.isEmpty()) {
            ModSeq modseq = ModSeq.of(write(on, sealedKeywords, mailbox, uidsByFlags));
            for (int i = 0; i < updates.size(); i++) {
                if (changed.get(i)) {
                    updates.get(i).modSeq(modseq);
                }
            }
        }
        return updates.stream().map(UpdatedFlags.Builder::build).toList();
    }

    private static long write(
            DSLContext on, SealedKeywords sealedKeywords, UUID mailbox, Map<Flags, List<Long>> uidsByFlags)
            throws MailboxException {
        long modseq =
                MailboxSql.found(UidAllocator.take(on, mailbox, 0, 1), mailbox).highestModseq();
        uidsByFlags.forEach((flags, uids) -> on.update(MAILBOX_MESSAGE)
                .set(MAILBOX_MESSAGE.FLAGS, ImapFlags.column(flags))
                .set(MAILBOX_MESSAGE.USER_FLAGS, sealedKeywords.seal(List.of(flags.getUserFlags())))
                .set(MAILBOX_MESSAGE.MODSEQ, modseq)
                .where(MailboxMessageRows.uids(mailbox, uids))
                .execute());
        return modseq;
    }

    /** Takes {@code \Recent} from every message of a folder that has it. */
    static List<UpdatedFlags> resetRecent(DSLContext on, SealedKeywords sealedKeywords, UUID mailbox)
            throws MailboxException {
        return apply(
                on,
                sealedKeywords,
                mailbox,
                IS_RECENT,
                new FlagsUpdateCalculator(new Flags(Flags.Flag.RECENT), FlagsUpdateMode.REMOVE));
    }

    static Condition recent() {
        return IS_RECENT;
    }
}
