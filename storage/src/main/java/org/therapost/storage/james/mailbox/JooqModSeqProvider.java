package org.therapost.storage.james.mailbox;

import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.UidAllocator;

/** Modification sequences (RFC 7162) for callers that insert by themselves. */
public final class JooqModSeqProvider implements ModSeqProvider {

    private final MailboxSql sql;

    public JooqModSeqProvider(Database database) {
        this.sql = new MailboxSql(database);
    }

    @Override
    public ModSeq nextModSeq(Mailbox mailbox) throws MailboxException {
        return nextModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq nextModSeq(MailboxId mailboxId) throws MailboxException {
        return ModSeq.of(sql.ask(on -> MailboxSql.found(
                        UidAllocator.take(on, UuidMailboxId.of(mailboxId), 0, 1), UuidMailboxId.of(mailboxId)))
                .highestModseq());
    }

    @Override
    public ModSeq highestModSeq(Mailbox mailbox) throws MailboxException {
        return highestModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq highestModSeq(MailboxId mailboxId) throws MailboxException {
        return ModSeq.of(sql.ask(on -> MailboxSql.found(
                        UidAllocator.read(on, UuidMailboxId.of(mailboxId)), UuidMailboxId.of(mailboxId)))
                .highestModseq());
    }
}
