package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.apache.james.events.EventBus;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.processor.main.DefaultImapProcessorFactory;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.metrics.api.MetricFactory;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.folders.TherapistFolders;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.mime.MailReader;
import org.therapost.protocols.imap.CorrectedParsers;
import org.therapost.protocols.imap.TherapostImapServer.ImapParts;
import org.therapost.protocols.imap.commands.CheckedAppends;
import org.therapost.protocols.imap.fetch.ServedMessage;
import org.therapost.protocols.imap.ordering.OrderEncoder;
import org.therapost.protocols.imap.selected.IdlePush;
import org.therapost.protocols.imap.session.ImapNaming;
import org.therapost.protocols.imap.session.LoginCommands;
import org.therapost.protocols.imap.session.LoginMailboxSessions;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.james.mailbox.SealedMapperFactory;
import org.therapost.storage.james.mailbox.SealedMessageManager;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.JooqTherapistFolders;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** James's IMAP on James's mailbox. */
public final class ImapModule extends AbstractModule {

    private static final int COMMANDS_AT_A_TIME = 32;
    private static final int COMMANDS_WAITING = 10_000;

    @Provides
    @Singleton
    Scheduler scheduler() {
        return Schedulers.newBoundedElastic(COMMANDS_AT_A_TIME, COMMANDS_WAITING, "imap");
    }

    @Provides
    @Singleton
    TherapistFolders folders(Database database, ServerKey serverKey) {
        return new JooqTherapistFolders(database, serverKey);
    }

    /** A fresh one for each listener: processors keep its settings. */
    @Provides
    ImapParts parts(
            SealedMailboxManager mailboxes,
            SealedMapperFactory mappers,
            EventBus eventBus,
            SubscriptionManager subscriptions,
            MetricFactory metrics,
            LogIn logIn,
            ReaderLogins readers,
            ImapNaming imapNaming,
            TherapistFolders folders,
            Scheduler scheduler) {
        return new ImapParts(
                CorrectedParsers.decoder(),
                new OrderEncoder(new DefaultImapEncoderFactory().buildImapEncoder()),
                new LoginCommands(
                        new CheckedAppends(
                                new IdlePush(
                                        DefaultImapProcessorFactory.createDefaultProcessor(
                                                mailboxes,
                                                eventBus,
                                                subscriptions,
                                                mailboxes.getQuotaComponents().getQuotaManager(),
                                                mailboxes.getQuotaComponents().getQuotaRootResolver(),
                                                metrics),
                                        mailboxes,
                                        ImapModule::served,
                                        metrics),
                                new MailReader()::check),
                        logIn,
                        new LoginMailboxSessions(readers, imapNaming),
                        mailboxes,
                        scheduler),
                mappers.summaries()::of,
                folders);
    }

    private static Flux<ServedMessage> served(
            MessageManager folder, MessageRange range, FetchType wanted, MailboxSession session) {
        return ((SealedMessageManager) folder)
                .served(range, wanted, session)
                .map(message -> new ServedMessage(message, message));
    }
}
