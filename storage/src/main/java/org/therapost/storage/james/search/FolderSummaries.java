package org.therapost.storage.james.search;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.folders.MessageSummary;
import org.therapost.domain.mime.HeaderText;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.storage.james.content.MessageContentLoader;
import org.therapost.storage.james.content.MessageContentRows;
import org.therapost.storage.james.content.ReaderViews;
import org.therapost.storage.james.content.UnopenableException;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What messages are ordered by (RFC 5256). Each header section is opened once, in the memory of the reader's session, and not at all
 * where the rows are enough; nothing of it is kept. In custody {@code own} the header that counts is the outer one, which is all
 * that the server can read.
 */
public final class FolderSummaries {

    private static final Logger LOGGER = LoggerFactory.getLogger(FolderSummaries.class);

    private final MailboxSql sql;
    private final MessageContentRows contents;
    private final ReaderViews views;

    public FolderSummaries(Database database, MessageContentRows contents, ReaderViews views) {
        this.sql = new MailboxSql(database);
        this.contents = contents;
        this.views = views;
    }

    private record Row(long uid, UUID message, Instant arrival, int size, int headerSize) {

        MessageSummary with(Optional<HeaderText> header) {
            return new MessageSummary(uid, arrival, size, header);
        }
    }

    /** Some messages of a folder, by ascending UIDs; one that is gone is left out. */
    public Mono<List<MessageSummary>> of(
            MailboxSession session, MailboxId folder, Collection<MessageUid> uids, MessageSummary.Extent extent) {
        return Mono.fromCallable(() -> {
                    List<Row> rows = rows(UuidMailboxId.of(folder), uids);
                    return switch (extent) {
                        case ROW ->
                            rows.stream().map(row -> row.with(Optional.empty())).toList();
                        case HEADER -> read(session, rows);
                    };
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private List<Row> rows(UUID folder, Collection<MessageUid> uids) throws MailboxException {
        List<Long> numbers = uids.stream().map(MessageUid::asLong).toList();
        return sql.ask(on -> on
                .select(
                        MAILBOX_MESSAGE.UID,
                        MAILBOX_MESSAGE.MESSAGE_ID,
                        MAILBOX_MESSAGE.INTERNAL_DATE,
                        MESSAGE.SIZE,
                        MESSAGE.HEADER_SIZE)
                .from(MAILBOX_MESSAGE)
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(MailboxMessageRows.uids(folder, numbers))
                .fetch(row -> new Row(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()))
                .stream()
                .sorted(Comparator.comparingLong(Row::uid))
                .toList());
    }

    private List<MessageSummary> read(MailboxSession session, List<Row> rows) throws MailboxException {
        Supplier<Optional<ReaderView>> view = () -> views.of(session.getUser());
        MessageContentLoader shelf = new MessageContentLoader(contents, view, FetchType.HEADERS);
        rows.forEach(row -> shelf.add(row.message(), row.size(), row.headerSize()));
        List<MessageSummary> messages = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            messages.add(read(shelf, i, rows.get(i)));
        }
        return messages;
    }

    /** What does not open has its place by its row. */
    private static MessageSummary read(MessageContentLoader shelf, int place, Row row) throws MailboxException {
        try {
            return row.with(Optional.of(HeaderTextReader.read(shelf.header(place))));
        } catch (UnopenableException sealed) {
            LOGGER.warn("message {} could not be opened to be sorted", row.message());
            return row.with(Optional.empty());
        }
    }
}
