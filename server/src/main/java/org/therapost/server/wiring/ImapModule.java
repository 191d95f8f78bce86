package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.apache.james.events.EventBus;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.processor.main.DefaultImapProcessorFactory;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.metrics.api.MetricFactory;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.mime.MailReader;
import org.therapost.server.imap.CorrectedParsers;
import org.therapost.server.imap.TherapostImapServer.ImapParts;
import org.therapost.server.imap.commands.CheckedAppends;
import org.therapost.server.imap.ordering.OrderEncoder;
import org.therapost.server.imap.selected.IdlePush;
import org.therapost.server.imap.session.ImapNaming;
import org.therapost.server.imap.session.LoginCommands;
import org.therapost.server.imap.session.LoginMailboxSessions;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.james.mailbox.SealedMapperFactory;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderRules;
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
    FolderRules rules(Database database, ServerKey serverKey) {
        return new FolderRules(database, serverKey);
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
            FolderRules rules,
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
                                        metrics),
                                new MailReader()),
                        logIn,
                        new LoginMailboxSessions(readers, imapNaming),
                        mailboxes,
                        scheduler),
                mappers.ordered(),
                rules);
    }
}
