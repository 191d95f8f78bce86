package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.storage.james.content.FolderSealer;
import org.therapost.storage.james.content.MessageContentLoader;
import org.therapost.storage.james.content.MessageContentRows;
import org.therapost.storage.james.content.SealedMailboxMessage;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.UidAllocator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Messages by their id, in whatever folders show them. */
public final class JooqMessageIdMapper implements MessageIdMapper {

    private final Database database;
    private final MailboxSql sql;
    private final MessageContentRows contents;
    private final FolderSealer sealer;
    private final Supplier<Optional<ReaderView>> view;
    private final Clock clock;

    JooqMessageIdMapper(
            Database database,
            MessageContentRows contents,
            FolderSealer sealer,
            Supplier<Optional<ReaderView>> view,
            Clock clock) {
        this.database = database;
        this.sql = new MailboxSql(database);
        this.contents = contents;
        this.sealer = sealer;
        this.view = view;
        this.clock = clock;
    }

    @Override
    public List<MailboxMessage> find(Collection<MessageId> messageIds, FetchType fetchType) {
        MessageContentLoader shelf = new MessageContentLoader(contents, view, fetchType);
        return MailboxMessageRows.ofMessages(database.sql(), contents.keywords(), uuids(messageIds)).stream()
                .<MailboxMessage>map(row -> new SealedMailboxMessage(row, shelf))
                .toList();
    }

    @Override
    public Flux<MailboxMessage> findReactive(Collection<MessageId> messageIds, FetchType fetchType) {
        return Mono.fromCallable(() -> find(messageIds, fetchType))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapIterable(messages -> messages);
    }

    @Override
    public Flux<ComposedMessageIdWithMetaData> findMetadata(MessageId messageId) {
        return findReactive(List.of(messageId), FetchType.METADATA)
                .map(MailboxMessage::getComposedMessageIdWithMetaData);
    }

    @Override
    public List<MailboxId> findMailboxes(MessageId messageId) {
        return database.sql()
                .select(MAILBOX_MESSAGE.MAILBOX_ID)
                .from(MAILBOX_MESSAGE)
                .where(MAILBOX_MESSAGE.MESSAGE_ID.eq(UuidMessageId.of(messageId)))
                .fetch(row -> new UuidMailboxId(row.value1()));
    }

    @Override
    public void save(MailboxMessage message) throws MailboxException {
        UUID folder = UuidMailboxId.of(message.getMailboxId());
        FolderSealer.Sealed sealed = sealer.seal(folder, owner(message.getMailboxId()), message);
        sql.transact(on -> {
            contents.insert(on, UuidMessageId.of(message.getMessageId()), sealed.message(), sealed.headerSize());
            return show(on, message, folder);
        });
    }

    @Override
    public void copyInMailbox(MailboxMessage message, Mailbox mailbox) throws MailboxException {
        UUID folder = UuidMailboxId.of(mailbox.getMailboxId());
        sql.transact(on -> {
            MailboxSql.found(UidAllocator.lock(on, folder), folder);
            boolean shown = on.fetchExists(
                    MAILBOX_MESSAGE,
                    MAILBOX_MESSAGE
                            .MESSAGE_ID
                            .eq(UuidMessageId.of(message.getMessageId()))
                            .and(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder)));
            return !shown && show(on, message, folder);
        });
    }

    @Override
    public void delete(MessageId messageId) {
        deleteWhere(messageId, DSL.noCondition());
    }

    @Override
    public void delete(MessageId messageId, Collection<MailboxId> mailboxIds) {
        deleteWhere(messageId, in(mailboxIds));
    }

    @Override
    public Mono<Multimap<MailboxId, UpdatedFlags>> setFlags(
            MessageId messageId, List<MailboxId> mailboxIds, Flags newState, FlagsUpdateMode updateMode) {
        FlagsUpdateCalculator calculator = new FlagsUpdateCalculator(newState, updateMode);
        Condition message = MAILBOX_MESSAGE.MESSAGE_ID.eq(UuidMessageId.of(messageId));
        SortedSet<UUID> folders =
                new TreeSet<>(mailboxIds.stream().map(UuidMailboxId::of).toList());
        return Mono.fromCallable(() -> {
                    Multimap<MailboxId, UpdatedFlags> updates = ArrayListMultimap.create();
                    for (UUID folder : folders) {
                        if (database.sql()
                                .fetchExists(MAILBOX_MESSAGE, message.and(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder)))) {
                            updates.putAll(
                                    new UuidMailboxId(folder),
                                    sql.transact(on ->
                                            FlagChanges.apply(on, contents.keywords(), folder, message, calculator)));
                        }
                    }
                    return updates;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private boolean show(DSLContext on, MailboxMessage message, UUID folder) throws MailboxException {
        long uid = message.getUid().asLong();
        long modseq = message.getModSeq().asLong();
        UidAllocator.taken(on, folder, uid, modseq);
        MailboxMessageRows.insert(
                on,
                contents.keywords(),
                List.of(MessageCopier.row(message, folder, uid, modseq, message.createFlags(), clock.instant())));
        return true;
    }

    private void deleteWhere(MessageId messageId, Condition folders) {
        UUID message = UuidMessageId.of(messageId);
        Condition condition = MAILBOX_MESSAGE.MESSAGE_ID.eq(message).and(folders);
        database.sql().transaction(transaction -> {
            DSLContext on = transaction.dsl();
            UidAllocator.lockAll(
                    on,
                    on.select(MAILBOX_MESSAGE.MAILBOX_ID)
                            .from(MAILBOX_MESSAGE)
                            .where(condition)
                            .fetchSet(MAILBOX_MESSAGE.MAILBOX_ID));
            on.deleteFrom(MAILBOX_MESSAGE).where(condition).execute();
            MailboxMessageRows.forget(on, List.of(message));
        });
    }

    private Username owner(MailboxId mailboxId) throws MailboxException {
        String username = sql.ask(on -> on.select(MAILBOX.USERNAME)
                .from(MAILBOX)
                .where(MAILBOX.ID.eq(UuidMailboxId.of(mailboxId)))
                .fetchOne(MAILBOX.USERNAME));
        if (username == null) {
            throw new MailboxNotFoundException(mailboxId);
        }
        return Username.of(username);
    }

    private static Condition in(Collection<MailboxId> mailboxIds) {
        return MAILBOX_MESSAGE.MAILBOX_ID.in(
                mailboxIds.stream().map(UuidMailboxId::of).toList());
    }

    private static List<UUID> uuids(Collection<MessageId> messageIds) {
        return messageIds.stream().map(UuidMessageId::of).toList();
    }
}
