package org.therapost.storage.james.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.UidAllocator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** UIDs for callers that insert by themselves; our own mappers take them within the transaction that uses them. */
public final class JooqUidProvider implements UidProvider {

    private final MailboxSql sql;

    public JooqUidProvider(Database database) {
        this.sql = new MailboxSql(database);
    }

    @Override
    public MessageUid nextUid(Mailbox mailbox) throws MailboxException {
        return nextUid(mailbox.getMailboxId());
    }

    @Override
    public MessageUid nextUid(MailboxId mailboxId) throws MailboxException {
        return MessageUid.of(take(mailboxId, 1));
    }

    @Override
    public Optional<MessageUid> lastUid(Mailbox mailbox) throws MailboxException {
        long last = sql.ask(on -> MailboxSql.found(
                        UidAllocator.read(on, UuidMailboxId.of(mailbox.getMailboxId())),
                        UuidMailboxId.of(mailbox.getMailboxId())))
                .lastUid();
        return last == 0 ? Optional.empty() : Optional.of(MessageUid.of(last));
    }

    @Override
    public Mono<List<MessageUid>> nextUids(MailboxId mailboxId, int count) {
        return Mono.fromCallable(() -> uids(take(mailboxId, count), count)).subscribeOn(Schedulers.boundedElastic());
    }

    private long take(MailboxId mailboxId, int count) throws MailboxException {
        return sql.ask(on -> MailboxSql.found(
                        UidAllocator.take(on, UuidMailboxId.of(mailboxId), count, 0), UuidMailboxId.of(mailboxId)))
                .lastUid();
    }

    private static List<MessageUid> uids(long last, int count) {
        List<MessageUid> uids = new ArrayList<>(count);
        for (long uid = last - count + 1; uid <= last; uid++) {
            uids.add(MessageUid.of(uid));
        }
        return uids;
    }
}
