package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.mail.Flags;
import org.apache.james.mailbox.ApplicableFlagBuilder;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxCounters;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.folders.CopiedUids;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.storage.james.content.FolderSealer;
import org.therapost.storage.james.content.MessageContentLoader;
import org.therapost.storage.james.content.MessageContentRows;
import org.therapost.storage.james.content.MessageCursor;
import org.therapost.storage.james.rows.MailboxMessageRow;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderFlag;
import org.therapost.storage.store.UidAllocator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Messages in folders: the view in SQL, the content sealed. One for each James session, through the eyes of its user. */
public final class SealedMessageMapper implements MessageMapper {

    // Written out, so that the partial indexes of the schema serve them.
    private static final Condition UNSEEN = FolderFlag.SEEN.isNotSet();
    private static final Condition DELETED = FolderFlag.DELETED.isSet();
    private static final Condition HAS_KEYWORDS = DSL.condition("{0} <> '{}'", MAILBOX_MESSAGE.USER_FLAGS);

    private final Database database;
    private final MailboxSql sql;
    private final MessageContentRows contents;
    private final FolderSealer sealer;
    private final Supplier<Optional<ReaderView>> view;
    private final Clock clock;
    private final MailboxSession session;

    SealedMessageMapper(
            Database database,
            MessageContentRows contents,
            FolderSealer sealer,
            Supplier<Optional<ReaderView>> view,
            Clock clock,
            MailboxSession session) {
        this.database = database;
        this.sql = new MailboxSql(database);
        this.contents = contents;
        this.sealer = sealer;
        this.view = view;
        this.clock = clock;
        this.session = session;
    }

    @Override
    public Iterator<MailboxMessage> findInMailbox(Mailbox mailbox, MessageRange set, FetchType type, int limit) {
        UUID id = id(mailbox);
        return new MessageCursor(
                (from, to, most) -> MailboxMessageRows.page(database.sql(), contents.keywords(), id, from, to, most),
                new MessageContentLoader(contents, view, type),
                set.getUidFrom().asLong(),
                set.getUidTo().asLong(),
                limit);
    }

    @Override
    public Flux<MailboxMessage> findInMailboxReactive(Mailbox mailbox, MessageRange set, FetchType type, int limit) {
        return Flux.fromIterable(() -> findInMailbox(mailbox, set, type, limit))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Flux<MessageUid> listAllMessageUids(Mailbox mailbox) {
        return Mono.fromCallable(() -> uids(of(mailbox)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapIterable(uids -> uids);
    }

    @Override
    public List<MessageUid> retrieveMessagesMarkedForDeletion(Mailbox mailbox, MessageRange range)
            throws MailboxException {
        return uids(in(mailbox, range).and(DELETED));
    }

    @Override
    public List<MessageUid> findRecentMessageUidsInMailbox(Mailbox mailbox) throws MailboxException {
        return uids(of(mailbox).and(FlagChanges.recent()));
    }

    @Override
    public @Nullable MessageUid findFirstUnseenMessageUid(Mailbox mailbox) throws MailboxException {
        Long first = sql.ask(on -> on.select(MAILBOX_MESSAGE.UID)
                .from(MAILBOX_MESSAGE)
                .where(of(mailbox).and(UNSEEN))
                .orderBy(MAILBOX_MESSAGE.UID)
                .limit(1)
                .fetchOne(MAILBOX_MESSAGE.UID));
        return first == null ? null : MessageUid.of(first);
    }

    @Override
    public long countMessagesInMailbox(Mailbox mailbox) throws MailboxException {
        return sql.ask(on -> (long) on.fetchCount(MAILBOX_MESSAGE, of(mailbox)));
    }

    @Override
    public MailboxCounters getMailboxCounters(Mailbox mailbox) throws MailboxException {
        // Two counts, because each has its own index.
        return sql.ask(on -> on.select(
                        DSL.field(DSL.selectCount().from(MAILBOX_MESSAGE).where(of(mailbox))),
                        DSL.field(DSL.selectCount()
                                .from(MAILBOX_MESSAGE)
                                .where(of(mailbox).and(UNSEEN))))
                .fetchSingle(row -> MailboxCounters.builder()
                        .mailboxId(mailbox.getMailboxId())
                        .count(row.value1())
                        .unseen(row.value2())
                        .build()));
    }

    @Override
    public Flags getApplicableFlag(Mailbox mailbox) throws MailboxException {
        List<String> sealed =
                sql.ask(on -> on.selectDistinct(DSL.field("unnest({0})", String.class, MAILBOX_MESSAGE.USER_FLAGS))
                        .from(MAILBOX_MESSAGE)
                        .where(of(mailbox).and(HAS_KEYWORDS))
                        .fetch(row -> row.value1()));
        return ApplicableFlagBuilder.builder()
                .add(contents.keywords().open(sealed).toArray(String[]::new))
                .build();
    }

    @Override
    public Optional<MessageUid> getLastUid(Mailbox mailbox) throws MailboxException {
        return new JooqUidProvider(database).lastUid(mailbox);
    }

    @Override
    public ModSeq getHighestModSeq(Mailbox mailbox) throws MailboxException {
        return new JooqModSeqProvider(database).highestModSeq(mailbox);
    }

    @Override
    public MessageMetaData add(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        FolderSealer.Sealed sealed = sealer.seal(id(mailbox), mailbox.getUser(), message);
        MailboxMessageRow row = sql.transact(on -> {
            // The folder is locked last, for as short as can be.
            contents.insert(on, UuidMessageId.of(message.getMessageId()), sealed.message(), sealed.headerSize());
            UidAllocator.Numbers taken = MailboxSql.found(UidAllocator.take(on, id(mailbox), 1, 1), id(mailbox));
            MailboxMessageRow added = new MailboxMessageRow(
                    new MailboxMessageRow.Place(id(mailbox), taken.lastUid(), taken.highestModseq()),
                    UuidMessageId.of(message.getMessageId()),
                    UuidMessageId.of(message.getThreadId().getBaseMessageId()),
                    new MailboxMessageRow.Dates(message.getInternalDate().toInstant(), Optional.of(clock.instant())),
                    message.createFlags(),
                    new MailboxMessageRow.Sizes(sealed.message().size(), sealed.headerSize()));
            MailboxMessageRows.insert(on, contents.keywords(), List.of(added));
            return added;
        });
        message.setUid(MessageUid.of(row.uid()));
        message.setModSeq(ModSeq.of(row.modseq()));
        return row.metaData();
    }

    @Override
    public MessageMetaData copy(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        return copy(mailbox, List.of(original)).get(0);
    }

    @Override
    public List<MessageMetaData> copy(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        List<MessageMetaData> messageCopier = sql.transact(
                on -> MessageCopier.insert(on, contents.keywords(), id(mailbox), originals, clock.instant()));
        report(originals, messageCopier);
        return messageCopier;
    }

    /** Adds to what the command has copied so far: James copies a set in pieces. */
    private void report(List<MailboxMessage> originals, List<MessageMetaData> copies) {
        List<CopiedUids.Pair> pairs = IntStream.range(0, copies.size())
                .mapToObj(i -> new CopiedUids.Pair(
                        originals.get(i).getUid().asLong(),
                        copies.get(i).getUid().asLong()))
                .toList();
        CopiedUids before =
                session.getAttributes().get(CopiedUids.class) instanceof CopiedUids some ? some : CopiedUids.NONE;
        session.getAttributes().put(CopiedUids.class, before.and(pairs));
    }

    @Override
    public MessageMetaData move(Mailbox mailbox, MailboxMessage original) throws MailboxException {
        List<MessageMetaData> moved = move(mailbox, List.of(original));
        if (moved.isEmpty()) {
            throw new MailboxException("the message is not in its folder any more");
        }
        return moved.get(0);
    }

    @Override
    public List<MessageMetaData> move(Mailbox mailbox, List<MailboxMessage> originals) throws MailboxException {
        Instant now = clock.instant();
        List<MailboxMessage> taken = new ArrayList<>();
        List<MessageMetaData> moved = sql.transact(on -> {
            taken.clear();
            taken.addAll(MessageCopier.take(on, id(mailbox), originals));
            return MessageCopier.insert(on, contents.keywords(), id(mailbox), taken, now);
        });
        report(taken, moved);
        return moved;
    }

    @Override
    public Mono<List<MessageMetaData>> moveReactive(Mailbox mailbox, List<MailboxMessage> originals) {
        return Mono.fromCallable(() -> move(mailbox, originals)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public void delete(Mailbox mailbox, MailboxMessage message) throws MailboxException {
        deleteMessages(mailbox, List.of(message.getUid()));
    }

    @Override
    public Map<MessageUid, MessageMetaData> deleteMessages(Mailbox mailbox, List<MessageUid> uids)
            throws MailboxException {
        if (uids.isEmpty()) {
            return Map.of();
        }
        List<Long> numbers = uids.stream().map(MessageUid::asLong).toList();
        return sql.transact(on -> {
            UidAllocator.lockAll(on, List.of(id(mailbox)));
            Map<MessageUid, MessageMetaData> deleted = new LinkedHashMap<>();
            List<UUID> messages = new ArrayList<>();
            for (MailboxMessageRow row : MailboxMessageRows.ofUids(on, contents.keywords(), id(mailbox), numbers)) {
                deleted.put(MessageUid.of(row.uid()), row.metaData());
                messages.add(row.message());
            }
            MailboxMessageRows.delete(on, id(mailbox), numbers);
            MailboxMessageRows.forget(on, messages);
            return deleted;
        });
    }

    @Override
    public Iterator<UpdatedFlags> updateFlags(Mailbox mailbox, FlagsUpdateCalculator calculator, MessageRange set)
            throws MailboxException {
        return sql.transact(on -> FlagChanges.apply(on, contents.keywords(), id(mailbox), in(mailbox, set), calculator))
                .iterator();
    }

    @Override
    public List<UpdatedFlags> resetRecent(Mailbox mailbox) throws MailboxException {
        // Every SELECT of a mail program comes here, and mostly there is nothing to reset and nothing to lock.
        return findRecentMessageUidsInMailbox(mailbox).isEmpty()
                ? List.of()
                : sql.transact(on -> FlagChanges.resetRecent(on, contents.keywords(), id(mailbox)));
    }

    private List<MessageUid> uids(Condition condition) throws MailboxException {
        return sql.ask(on -> on.select(MAILBOX_MESSAGE.UID)
                .from(MAILBOX_MESSAGE)
                .where(condition)
                .orderBy(MAILBOX_MESSAGE.UID)
                .fetch(row -> MessageUid.of(row.value1())));
    }

    private static Condition of(Mailbox mailbox) {
        return MAILBOX_MESSAGE.MAILBOX_ID.eq(id(mailbox));
    }

    private static Condition in(Mailbox mailbox, MessageRange range) {
        return MailboxMessageRows.inRange(
                id(mailbox), range.getUidFrom().asLong(), range.getUidTo().asLong());
    }

    private static UUID id(Mailbox mailbox) {
        return UuidMailboxId.of(mailbox.getMailboxId());
    }
}
