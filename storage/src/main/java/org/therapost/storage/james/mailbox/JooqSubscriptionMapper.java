package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.SUBSCRIPTION;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.SubscriptionException;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.model.Subscription;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.Folders;

/** Subscriptions (RFC 3501 section 6.3.6), their folder names sealed. */
public final class JooqSubscriptionMapper implements SubscriptionMapper {

    private final MailboxSql sql;
    private final ServerKey key;
    private final Folders folders;

    public JooqSubscriptionMapper(Database database, ServerKey key) {
        this.sql = new MailboxSql(database);
        this.key = key;
        this.folders = new Folders(key);
    }

    @Override
    public void save(Subscription subscription) throws SubscriptionException {
        run(on -> {
            folders.subscribe(on, subscription.getUser().asString(), subscription.getMailbox());
            return subscription;
        });
    }

    @Override
    public List<Subscription> findSubscriptionsForUser(Username user) throws SubscriptionException {
        List<Subscription> subscriptions = new ArrayList<>();
        for (var row : run(on -> on.select(SUBSCRIPTION.NAME_MAC, SUBSCRIPTION.NAME_SEALED)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.USERNAME.eq(user.asString()))
                .fetch())) {
            try {
                subscriptions.add(new Subscription(
                        user,
                        SealedColumns.SUBSCRIBED_NAME.openText(key, row.value2(), user.asString(), row.value1())));
            } catch (SealedException other) {
                throw new SubscriptionException(other);
            }
        }
        return subscriptions;
    }

    @Override
    public void delete(Subscription subscription) throws SubscriptionException {
        run(on -> on.deleteFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.USERNAME.eq(subscription.getUser().asString()))
                .and(SUBSCRIPTION.NAME_MAC.eq(folders.subscriptionMac(subscription.getMailbox())))
                .execute());
    }

    private <T> T run(MailboxSql.Work<T> work) throws SubscriptionException {
        try {
            return sql.ask(work);
        } catch (MailboxException failed) {
            throw new SubscriptionException(failed);
        }
    }
}
