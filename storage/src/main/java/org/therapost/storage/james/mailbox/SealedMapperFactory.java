package org.therapost.storage.james.mailbox;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.james.content.FolderReaders;
import org.therapost.storage.james.content.FolderSealer;
import org.therapost.storage.james.content.MessageContentRows;
import org.therapost.storage.james.content.ReaderViews;
import org.therapost.storage.james.search.FolderSummaries;
import org.therapost.storage.james.search.SealedMessageSearch;
import org.therapost.storage.postgres.Database;

/** Gives each James session mappers that see the mailbox through the eyes of the session's user. */
public final class SealedMapperFactory extends MailboxSessionMapperFactory {

    private final Database database;
    private final ServerKey key;
    private final MessageContentRows contents;
    private final FolderSealer sealer;
    private final ReaderViews views;
    private final Clock clock;

    public SealedMapperFactory(
            Database database, ServerKey key, Sealer sealer, FolderReaders readers, ReaderViews views, Clock clock) {
        this.database = database;
        this.key = key;
        this.contents = new MessageContentRows(database, key);
        this.sealer = new FolderSealer(sealer, readers);
        this.views = views;
        this.clock = clock;
    }

    /** Searches what these mappers hold, through the same eyes. */
    public SealedMessageSearch search() {
        return new SealedMessageSearch(database, contents, views);
    }

    /** Gives what messages of these mappers are ordered by, through the same eyes. */
    public FolderSummaries summaries() {
        return new FolderSummaries(database, contents, views);
    }

    @Override
    public MailboxMapper createMailboxMapper(MailboxSession session) {
        return new JooqMailboxMapper(database, key);
    }

    @Override
    public MessageMapper createMessageMapper(MailboxSession session) {
        return new SealedMessageMapper(database, contents, sealer, view(session), clock, session);
    }

    @Override
    public MessageIdMapper createMessageIdMapper(MailboxSession session) {
        return new JooqMessageIdMapper(database, contents, sealer, view(session), clock);
    }

    @Override
    public SubscriptionMapper createSubscriptionMapper(MailboxSession session) {
        return new JooqSubscriptionMapper(database, key);
    }

    @Override
    public AnnotationMapper createAnnotationMapper(MailboxSession session) {
        return new JooqAnnotationMapper(database, key);
    }

    @Override
    public UidProvider getUidProvider() {
        return new JooqUidProvider(database);
    }

    @Override
    public ModSeqProvider getModSeqProvider() {
        return new JooqModSeqProvider(database);
    }

    // Asked for at every opening: a mapper outlives no key.
    private Supplier<Optional<ReaderView>> view(MailboxSession session) {
        return () -> views.of(session.getUser());
    }
}
