package org.therapost.storage.james.mailbox;

import java.time.Clock;
import java.util.EnumSet;
import org.apache.james.events.EventBus;
import org.apache.james.mailbox.MailboxAnnotationManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.MessageFactory;
import org.apache.james.mailbox.store.MessageStorer;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.therapost.domain.folders.FailureReason;
import org.therapost.storage.james.rows.UuidMessageId;
import reactor.core.publisher.Flux;

/**
 * James's mailbox manager over the sealed store. There are no attachments beside their messages, and every
 * message is a conversation of its own: guessing one searches the whole mailbox at every append.
 */
public final class SealedMailboxManager extends StoreMailboxManager {

    private static final EnumSet<MailboxCapabilities> MAILBOX_CAPABILITIES = EnumSet.of(
            MailboxCapabilities.UserFlag,
            MailboxCapabilities.Namespace,
            MailboxCapabilities.Move,
            MailboxCapabilities.Annotation,
            MailboxCapabilities.ACL);

    private final MessageStorer storer;

    public SealedMailboxManager(
            SealedMapperFactory mappers,
            SessionProvider sessions,
            EventBus eventBus,
            StoreRightManager rights,
            MessageSearchIndex index,
            Clock clock) {
        this(mappers, sessions, eventBus, rights, index, QuotaComponents.disabled(sessions, mappers), clock);
    }

    /** With quotas. */
    public SealedMailboxManager(
            SealedMapperFactory mappers,
            SessionProvider sessions,
            EventBus eventBus,
            StoreRightManager rights,
            MessageSearchIndex index,
            QuotaComponents quotas,
            Clock clock) {
        this(
                mappers,
                sessions,
                eventBus,
                rights,
                index,
                quotas,
                new StoreMailboxAnnotationManager(mappers, rights),
                PreDeletionHooks.NO_PRE_DELETION_HOOK,
                clock);
    }

    /** With quotas, limits for annotations, and hooks that James calls before it deletes messages. */
    public SealedMailboxManager(
            SealedMapperFactory mappers,
            SessionProvider sessions,
            EventBus eventBus,
            StoreRightManager rights,
            MessageSearchIndex index,
            QuotaComponents quotas,
            MailboxAnnotationManager annotations,
            PreDeletionHooks hooks,
            Clock clock) {
        super(
                mappers,
                sessions,
                new NoMailboxPathLocker(),
                new MessageParser(),
                new UuidMessageId.Factory(),
                annotations,
                eventBus,
                rights,
                quotas,
                index,
                MailboxManagerConfiguration.DEFAULT,
                hooks,
                new NaiveThreadIdGuessingAlgorithm(),
                clock);
        this.storer = new MessageStorer.WithoutAttachment(
                mappers,
                new UuidMessageId.Factory(),
                new MessageFactory.StoreMessageFactory(),
                new NaiveThreadIdGuessingAlgorithm(),
                clock);
    }

    @Override
    protected StoreMessageManager createMessageManager(Mailbox mailbox, MailboxSession session) {
        return new SealedMessageManager(
                this, mailbox, getStoreRightManager(), configuration.getBatchSizes(), getPreDeletionHooks(), storer);
    }

    @Override
    public Flux<MessageRange> copyMessagesReactive(
            MessageRange set, MailboxId from, MailboxId to, MailboxSession session) {
        return super.copyMessagesReactive(set, from, to, session)
                .doOnError(OverQuotaException.class, over -> overQuota(session));
    }

    @Override
    public Flux<MessageRange> moveMessagesReactive(
            MessageRange set, MailboxId from, MailboxId to, MailboxSession session) {
        return super.moveMessagesReactive(set, from, to, session)
                .doOnError(OverQuotaException.class, over -> overQuota(session));
    }

    private static void overQuota(MailboxSession session) {
        session.getAttributes().put(FailureReason.class, FailureReason.OVERQUOTA);
    }

    @Override
    public EnumSet<MailboxCapabilities> getSupportedMailboxCapabilities() {
        return EnumSet.copyOf(MAILBOX_CAPABILITIES);
    }

    @Override
    public EnumSet<MessageCapabilities> getSupportedMessageCapabilities() {
        return EnumSet.of(MessageCapabilities.UniqueID);
    }

    MessageSearchIndex index() {
        return getMessageSearchIndex();
    }
}
