package org.therapost.storage.james.search;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;

import com.google.common.base.Preconditions;
import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.james.mailbox.MailboxManager.MessageCapabilities;
import org.apache.james.mailbox.MailboxManager.SearchCapabilities;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Sort;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.mailbox.store.search.comparator.CombinedComparator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.folders.FailureReason;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.storage.james.content.MessageContentLoader;
import org.therapost.storage.james.content.MessageContentRows;
import org.therapost.storage.james.content.ReaderViews;
import org.therapost.storage.james.content.SealedMailboxMessage;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.SealedKeywords;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Searches without an index: flags, dates, sizes and numbers are asked of PostgreSQL; only messages about which it cannot
 * decide are opened, one after the other, in the memory of the reader's session. Nothing of what was read is kept but what
 * {@link org.therapost.domain.sealing.OpenedMessageCache} keeps for that session.
 */
public final class SealedMessageSearch implements MessageSearchIndex {

    private static final Logger LOGGER = LoggerFactory.getLogger(SealedMessageSearch.class);
    private static final int PAGE = 500;
    // What James asks for when nobody asks for an order.
    private static final List<Sort> BY_UID = List.of(SearchQuery.DEFAULT_SORTS.toArray(Sort[]::new));

    private final MailboxSql sql;
    private final Database database;
    private final MessageContentRows contents;
    private final ReaderViews views;

    public SealedMessageSearch(Database database, MessageContentRows contents, ReaderViews views) {
        this.sql = new MailboxSql(database);
        this.database = database;
        this.contents = contents;
        this.views = views;
    }

    @Override
    public EnumSet<SearchCapabilities> getSupportedCapabilities(EnumSet<MessageCapabilities> messages) {
        return EnumSet.of(
                SearchCapabilities.MultimailboxSearch, SearchCapabilities.Text, SearchCapabilities.PartialEmailMatch);
    }

    @Override
    public Flux<MessageUid> search(MailboxSession session, Mailbox mailbox, SearchQuery query) {
        Preconditions.checkArgument(session != null, "'session' is mandatory");
        UUID folder = UuidMailboxId.of(mailbox.getMailboxId());
        if (query.getSorts().equals(BY_UID)) {
            return found(session, folder, query).map(MessageUid::of);
        }
        return sorted(session, List.of(folder), query).map(MailboxMessage::getUid);
    }

    @Override
    public Flux<MessageId> search(
            MailboxSession session, Collection<MailboxId> mailboxes, SearchQuery query, long limit) {
        Preconditions.checkArgument(session != null, "'session' is mandatory");
        return sorted(session, mailboxes.stream().map(UuidMailboxId::of).toList(), query)
                .map(MailboxMessage::getMessageId)
                .distinct()
                .take(limit);
    }

    /** The messages found, in the order asked for; for that alone, their headers may be opened. */
    private Flux<MailboxMessage> sorted(MailboxSession session, List<UUID> folders, SearchQuery query) {
        return Flux.fromIterable(folders)
                .concatMap(folder -> found(session, folder, query)
                        .collectList()
                        .map(uids -> MailboxMessageRows.ofUids(database.sql(), contents.keywords(), folder, uids)))
                .<MailboxMessage>flatMapIterable(rows -> {
                    MessageContentLoader shelf = new MessageContentLoader(contents, view(session), FetchType.HEADERS);
                    return rows.stream()
                            .map(row -> new SealedMailboxMessage(row, shelf))
                            .toList();
                })
                .collectList()
                .flatMapIterable(messages -> messages.stream()
                        .sorted(CombinedComparator.create(query.getSorts()))
                        .toList());
    }

    /** UIDs in ascending order. */
    private Flux<Long> found(MailboxSession session, UUID folder, SearchQuery query) {
        return Mono.fromCallable(() -> tree(folder, query))
                .flatMapMany(tree -> tree.exact()
                        ? Flux.fromIterable(decided(folder, tree))
                        : Flux.<Long>create(sink -> walk(session, folder, tree, sink)))
                .doOnError(UnsearchableException.class, unreadable -> session.getAttributes()
                        .put(FailureReason.class, FailureReason.CANNOT))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private SearchTree tree(UUID folder, SearchQuery query) throws MailboxException {
        // Opened once, however many keywords are asked about.
        Supplier<Map<String, List<String>>> forms = Suppliers.memoize(() -> atRest(folder));
        return new SearchConditions(query.getRecentMessageUids(), keyword -> forms.get()
                        .getOrDefault(keyword.toLowerCase(Locale.ROOT), List.of()))
                .all(query.getCriteria());
    }

    /** In which forms each keyword stands in a folder, by the keyword in small letters. */
    private Map<String, List<String>> atRest(UUID folder) {
        SealedKeywords keywords = contents.keywords();
        return database
                .sql()
                .selectDistinct(DSL.field("unnest({0})", String.class, MAILBOX_MESSAGE.USER_FLAGS))
                .from(MAILBOX_MESSAGE)
                .where(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder))
                .and(DSL.condition("{0} <> '{}'", MAILBOX_MESSAGE.USER_FLAGS))
                .fetch(row -> row.value1())
                .stream()
                .collect(Collectors.groupingBy(
                        stored -> keywords.open(List.of(stored)).get(0).toLowerCase(Locale.ROOT)));
    }

    private List<Long> decided(UUID folder, SearchTree tree) {
        return database.sql()
                .select(MAILBOX_MESSAGE.UID)
                .from(MAILBOX_MESSAGE)
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder))
                .and(tree.possible())
                .orderBy(MAILBOX_MESSAGE.UID)
                .fetch(MAILBOX_MESSAGE.UID);
    }

    /** Walks through the candidates page by page, until the session that asked has gone. */
    private void walk(MailboxSession session, UUID folder, SearchTree tree, FluxSink<Long> sink) {
        try {
            long from = 0;
            List<Candidate> page;
            do {
                page = page(folder, tree, from);
                judge(page, tree, view(session), sink);
                from = page.isEmpty() ? from : page.get(page.size() - 1).uid() + 1;
            } while (page.size() == PAGE && !sink.isCancelled());
            sink.complete();
        } catch (MailboxException | RuntimeException failed) {
            sink.error(failed);
        }
    }

    private record Candidate(long uid, UUID message, int size, int headerSize, List<Boolean> answers) {}

    private List<Candidate> page(UUID folder, SearchTree tree, long from) throws MailboxException {
        List<Condition> asked = new ArrayList<>();
        tree.ask(asked);
        List<Field<Boolean>> answers = asked.stream().map(DSL::field).toList();
        return sql.ask(
                on -> on.select(MAILBOX_MESSAGE.UID, MAILBOX_MESSAGE.MESSAGE_ID, MESSAGE.SIZE, MESSAGE.HEADER_SIZE)
                        .select(answers)
                        .from(MAILBOX_MESSAGE)
                        .join(MESSAGE)
                        .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                        .where(MAILBOX_MESSAGE.MAILBOX_ID.eq(folder))
                        .and(MAILBOX_MESSAGE.UID.ge(from))
                        .and(tree.possible())
                        .orderBy(MAILBOX_MESSAGE.UID)
                        .limit(PAGE)
                        .fetch(row -> candidate(row, answers.size())));
    }

    private static Candidate candidate(Record row, int answers) {
        List<Boolean> given = new ArrayList<>(answers);
        for (int i = 0; i < answers; i++) {
            given.add(Boolean.TRUE.equals(row.get(row.size() - answers + i, Boolean.class)));
        }
        return new Candidate(
                row.get(MAILBOX_MESSAGE.UID),
                row.get(MAILBOX_MESSAGE.MESSAGE_ID),
                row.get(MESSAGE.SIZE),
                row.get(MESSAGE.HEADER_SIZE),
                given);
    }

    private void judge(List<Candidate> page, SearchTree tree, Supplier<Optional<ReaderView>> view, FluxSink<Long> sink)
            throws MailboxException {
        Map<Candidate, SearchedMessage> opened = new HashMap<>();
        MessageContentLoader headers = new MessageContentLoader(contents, view, FetchType.HEADERS);
        MessageContentLoader bodies = new MessageContentLoader(contents, view, FetchType.FULL);
        for (Candidate candidate : page) {
            if (verdict(tree, candidate, content -> SearchTree.Verdict.OPEN) == SearchTree.Verdict.OPEN) {
                headers.add(candidate.message(), candidate.size(), candidate.headerSize());
                int place = bodies.add(candidate.message(), candidate.size(), candidate.headerSize());
                opened.put(candidate, new SearchedMessage(headers, bodies, place));
            }
        }
        for (Candidate candidate : page) {
            if (sink.isCancelled()) {
                return;
            }
            SearchedMessage message = opened.get(candidate);
            if (message != null && view.get().isEmpty()) {
                throw new MailboxException("the IMAP connection that searches has ended");
            }
            SearchTree.Judge judge = message == null ? content -> SearchTree.Verdict.OPEN : message;
            if (verdict(tree, candidate, judge) == SearchTree.Verdict.YES) {
                sink.next(candidate.uid());
            }
            if (message != null && message.unreadable()) {
                LOGGER.warn("message {} could not be opened for a search", candidate.message());
            }
        }
    }

    private static SearchTree.Verdict verdict(SearchTree tree, Candidate candidate, SearchTree.Judge judge)
            throws MailboxException {
        return tree.verdict(new SearchTree.Answers(candidate.answers()), judge);
    }

    private Supplier<Optional<ReaderView>> view(MailboxSession session) {
        return () -> views.of(session.getUser());
    }
}
