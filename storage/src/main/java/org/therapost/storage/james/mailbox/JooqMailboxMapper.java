package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.james.core.Username;
import org.apache.james.mailbox.acl.ACLDiff;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.NameType;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.MailboxRecord;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.Folders;
import org.therapost.storage.store.UidAllocator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Folders on PostgreSQL. Their names are sealed, so patterns are matched in memory over the folders of one user: a
 * therapist has dozens or hundreds.
 */
public final class JooqMailboxMapper implements MailboxMapper {

    // Exceptions reach logs, and a folder's name can be a client's.
    private static final String UNNAMED = "a folder of this name";

    private final MailboxSql sql;
    private final Folders folders;
    private final FolderNames names;

    public JooqMailboxMapper(Database database, ServerKey key) {
        this.sql = new MailboxSql(database);
        this.folders = new Folders(key);
        this.names = new FolderNames(key);
    }

    @Override
    public Mono<Mailbox> create(MailboxPath path, UidValidity uidValidity) {
        return blocking(() -> {
            Optional<UUID> created = sql.ask(on -> folders.insert(
                    on, path.getNamespace(), path.getUser().asString(), path.getName(), uidValidity.asLong()));
            if (created.isEmpty()) {
                throw new MailboxExistsException(UNNAMED);
            }
            return new Mailbox(path, uidValidity, new UuidMailboxId(created.get()));
        });
    }

    @Override
    public Mono<MailboxId> rename(Mailbox mailbox) {
        MailboxPath path = mailbox.generateAssociatedPath();
        UUID id = UuidMailboxId.of(mailbox.getMailboxId());
        return blocking(() -> sql.transact(on -> {
            if (on.fetchExists(MAILBOX, at(path))) {
                throw new MailboxExistsException(UNNAMED);
            }
            if (!folders.rename(on, id, path.getNamespace(), path.getUser().asString(), path.getName())) {
                throw new MailboxNotFoundException(mailbox.getMailboxId());
            }
            return mailbox.getMailboxId();
        }));
    }

    @Override
    public Mono<Void> delete(Mailbox mailbox) {
        UUID id = UuidMailboxId.of(mailbox.getMailboxId());
        return blocking(() -> sql.transact(on -> {
                    UidAllocator.lockAll(on, List.of(id));
                    MailboxMessageRows.forget(
                            on,
                            new HashSet<>(on.deleteFrom(MAILBOX_MESSAGE)
                                    .where(MAILBOX_MESSAGE.MAILBOX_ID.eq(id))
                                    .returningResult(MAILBOX_MESSAGE.MESSAGE_ID)
                                    .fetch(MAILBOX_MESSAGE.MESSAGE_ID)));
                    return on.deleteFrom(MAILBOX).where(MAILBOX.ID.eq(id)).execute();
                }))
                .then();
    }

    @Override
    public Mono<Mailbox> findMailboxByPath(MailboxPath path) {
        return blocking(() -> one(at(path)));
    }

    @Override
    public Mono<Boolean> pathExists(MailboxPath path) {
        return blocking(() -> sql.ask(on -> on.fetchExists(MAILBOX, at(path))));
    }

    @Override
    public Mono<Mailbox> findMailboxById(MailboxId mailboxId) {
        return blocking(() -> {
            Mailbox found = one(MAILBOX.ID.eq(UuidMailboxId.of(mailboxId)));
            if (found == null) {
                throw new MailboxNotFoundException(mailboxId);
            }
            return found;
        });
    }

    @Override
    public Flux<Mailbox> findNonPersonalMailboxes(Username username, Right right) {
        EntryKey reader = EntryKey.createUserEntryKey(username);
        return all(MAILBOX.ACL.ne("{}")).filter(mailbox -> {
            Rfc4314Rights rights =
                    mailbox.getACL().ofPositiveNameType(NameType.user).get(reader);
            return rights != null && rights.contains(right);
        });
    }

    @Override
    public Flux<Mailbox> findMailboxWithPathLike(MailboxQuery.UserBound query) {
        return all(of(query.getFixedNamespace(), query.getFixedUser())).filter(query::matches);
    }

    @Override
    public Flux<MailboxId> userMailboxes(Username username) {
        return blocking(() -> sql.ask(on -> on.select(MAILBOX.ID)
                        .from(MAILBOX)
                        .where(of(MailboxPath.inbox(username).getNamespace(), username))
                        .fetch(row -> (MailboxId) new UuidMailboxId(row.value1()))))
                .flatMapIterable(ids -> ids);
    }

    @Override
    public Mono<Boolean> hasChildren(Mailbox mailbox, char delimiter) {
        String prefix = mailbox.getName() + delimiter;
        return all(of(mailbox.getNamespace(), mailbox.getUser()))
                .any(other -> other.getName().startsWith(prefix));
    }

    @Override
    public Mono<ACLDiff> updateACL(Mailbox mailbox, MailboxACL.ACLCommand command) {
        return blocking(() -> sql.transact(on -> {
            MailboxACL before = storedAcl(on, mailbox);
            return store(on, mailbox, before, before.apply(command));
        }));
    }

    @Override
    public Mono<ACLDiff> setACL(Mailbox mailbox, MailboxACL acl) {
        return blocking(() -> sql.transact(on -> store(on, mailbox, storedAcl(on, mailbox), acl)));
    }

    @Override
    public Flux<Mailbox> list() {
        return all(DSL.noCondition());
    }

    private MailboxACL storedAcl(DSLContext on, Mailbox mailbox) throws MailboxException {
        String json = on.select(MAILBOX.ACL)
                .from(MAILBOX)
                .where(MAILBOX.ID.eq(UuidMailboxId.of(mailbox.getMailboxId())))
                .forNoKeyUpdate()
                .fetchOne(MAILBOX.ACL);
        if (json == null) {
            throw new MailboxNotFoundException(mailbox.getMailboxId());
        }
        return MailboxAcls.read(json);
    }

    private static ACLDiff store(DSLContext on, Mailbox mailbox, MailboxACL before, MailboxACL after)
            throws MailboxException {
        on.update(MAILBOX)
                .set(MAILBOX.ACL, MailboxAcls.write(after))
                .where(MAILBOX.ID.eq(UuidMailboxId.of(mailbox.getMailboxId())))
                .execute();
        mailbox.setACL(after);
        return ACLDiff.computeDiff(before, after);
    }

    private Condition at(MailboxPath path) {
        return of(path.getNamespace(), path.getUser()).and(MAILBOX.NAME_MAC.in(folders.macs(path.getName())));
    }

    private static Condition of(String namespace, Username username) {
        return MAILBOX.NAMESPACE.eq(namespace).and(MAILBOX.USERNAME.eq(username.asString()));
    }

    private @Nullable Mailbox one(Condition condition) throws MailboxException {
        MailboxRecord row =
                // Two only where one was stored in decomposed form: the older one is reached once the other is renamed.
                sql.ask(on -> on.selectFrom(MAILBOX).where(condition).fetchAny());
        return row == null ? null : names.open(row);
    }

    private Flux<Mailbox> all(Condition condition) {
        return blocking(() -> {
                    List<Mailbox> mailboxes = new ArrayList<>();
                    for (MailboxRecord row : sql.ask(
                            on -> on.selectFrom(MAILBOX).where(condition).fetch())) {
                        mailboxes.add(names.open(row));
                    }
                    return mailboxes;
                })
                .flatMapIterable(mailboxes -> mailboxes);
    }

    // JDBC blocks, and James calls from threads that must not.
    private static <T extends @Nullable Object> Mono<T> blocking(Callable<T> question) {
        return Mono.fromCallable(question).subscribeOn(Schedulers.boundedElastic());
    }
}
