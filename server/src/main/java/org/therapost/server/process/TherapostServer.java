package org.therapost.server.process;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.journeys.TellKnownPasswords;
import org.therapost.domain.journeys.TellUnreachable;
import org.therapost.domain.office.Office;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.mailets.authentication.SenderChecks;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.mailets.letters.LetterSettings;
import org.therapost.mailets.letters.TemplateException;
import org.therapost.mailets.letters.Templates;
import org.therapost.protocols.imap.ImapListeners;
import org.therapost.protocols.imap.ImapSettings;
import org.therapost.protocols.imap.TherapostImapServer.ImapParts;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.protocols.smtp.PublicHandlers;
import org.therapost.protocols.smtp.SmtpLimits;
import org.therapost.protocols.smtp.SmtpListeners;
import org.therapost.protocols.smtp.SmtpSettings;
import org.therapost.protocols.smtp.SubmissionHandlers;
import org.therapost.protocols.smtp.SubmissionSettings;
import org.therapost.server.administration.AdministrationServer;
import org.therapost.server.administration.AdministrationSettings;
import org.therapost.server.administration.routes.AllRoutes;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.folder.PasswordCostFile;
import org.therapost.server.folder.StartException;
import org.therapost.server.health.HealthWatch;
import org.therapost.server.limits.LoginQueue;
import org.therapost.server.limits.LoginTaskQueue;
import org.therapost.server.log.LogLevels;
import org.therapost.server.log.LogSettings;
import org.therapost.server.pipeline.Extensions;
import org.therapost.server.pipeline.JamesPipelines;
import org.therapost.server.pipeline.PipelineException;
import org.therapost.server.pipeline.PipelineSettings;
import org.therapost.server.pipeline.Processors;
import org.therapost.server.providers.ProviderSettings;
import org.therapost.server.providers.ProviderTable;
import org.therapost.server.spool.Spool;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.server.tls.ServerIdentity;
import org.therapost.server.wiring.AdministrationModule;
import org.therapost.server.wiring.CoreModule;
import org.therapost.server.wiring.ImapModule;
import org.therapost.server.wiring.InjectedHandlers;
import org.therapost.server.wiring.InternetMailModule;
import org.therapost.server.wiring.JourneysModule;
import org.therapost.server.wiring.MailboxModule;
import org.therapost.server.wiring.MetricsModule;
import org.therapost.server.wiring.OfficeModule;
import org.therapost.server.wiring.PipelineModule;
import org.therapost.server.wiring.RecordModule;
import org.therapost.server.wiring.SealingModule;
import org.therapost.server.wiring.SessionsModule;
import org.therapost.server.wiring.SmtpModule;
import org.therapost.server.wiring.SpoolModule;
import org.therapost.storage.james.events.SharedEventBus;
import org.therapost.storage.james.queue.PostgresMailQueueFactory;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.DatabaseSettings;
import org.therapost.storage.postgres.EmbeddedCluster;
import org.therapost.storage.sessions.WakeUpScheduler;
import org.therapost.storage.store.MissingFolders;
import reactor.core.scheduler.Scheduler;

/** The whole server in this process: started when {@link #start} returns, stopped when {@link #close} does. */
public final class TherapostServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TherapostServer.class);

    private final CloseStack closeStack;
    private final Injector injector;
    private final ServerIdentity identity;
    private final ListeningAddresses addresses;

    private TherapostServer(
            CloseStack closeStack, Injector injector, ServerIdentity identity, ListeningAddresses addresses) {
        this.closeStack = closeStack;
        this.injector = injector;
        this.identity = identity;
        this.addresses = addresses;
    }

    /**
     * Starts everything; on return every port accepts.
     *
     * @param progress hears of what is made or done, one line each
     * @throws StartException if it does not start as things are; then nothing runs
     */
    public static TherapostServer start(Configuration configuration, Consumer<String> progress) throws StartException {
        return start(configuration, progress, Modules.EMPTY_MODULE);
    }

    /**
     * Starts everything but with some bindings of another module.
     *
     * @param instead has the last word on what it binds
     */
    public static TherapostServer start(Configuration configuration, Consumer<String> progress, Module instead)
            throws StartException {
        CloseStack closeStack = new CloseStack();
        try {
            return start(configuration, progress, instead, closeStack);
        } catch (StartException | RuntimeException | Error failed) {
            closeStack.close();
            throw failed;
        } catch (PipelineException wrong) {
            closeStack.close();
            throw new StartException(String.valueOf(wrong.getMessage()), wrong);
        } catch (Exception failed) {
            closeStack.close();
            throw new StartException("the server does not start: " + failed.getMessage(), failed);
        }
    }

    private static TherapostServer start(
            Configuration configuration, Consumer<String> progress, Module instead, CloseStack closeStack)
            throws Exception {
        LogLevels.set(configuration.part(LogSettings.SECTION).level());
        PipelineSettings pipeline = configuration.part(PipelineSettings.SECTION);
        Processors processors = Processors.read(pipeline.file());
        Extensions extensions = closeStack.add(Extensions.open(pipeline.extensions()));
        Clock clock = Clock.systemUTC();
        DataFolder folder = closeStack.add(
                DataFolder.open(configuration.part(DataFolderSettings.SECTION).root()));
        if (folder.fresh()) {
            progress.accept("created the data folder " + folder.root());
        }
        keepPlaintextOffDisk(folder);
        ServerIdentity identity = ServerIdentity.of(configuration.part(IdentitySettings.SECTION), folder, clock);
        if (identity.made()) {
            progress.accept("created a self-made certificate in " + folder.tls());
        }
        Database database = closeStack.add(Database.connect(
                parameters(configuration.part(DatabaseSettings.SECTION), folder, progress, closeStack)));
        ServerKey serverKey = ServerKeyVerification.of(folder, database, progress);
        new RowBinder(database, serverKey, folder, progress).bind();
        Injector injector = Guice.createInjector(
                Stage.PRODUCTION,
                Modules.override(
                                new CoreModule(configuration, clock, identity, serverKey, database),
                                new SealingModule(new PasswordCostFile(folder).readOrMeasure(progress)),
                                new RecordModule(ProviderTable.spellings(configuration.part(ProviderSettings.SECTION))),
                                new JourneysModule(),
                                new SessionsModule(templates(configuration.part(LetterSettings.SECTION))),
                                new OfficeModule(),
                                new InternetMailModule(
                                        suffixes(configuration.part(SenderSettings.SECTION)),
                                        ProviderTable.exchangers(configuration.part(ProviderSettings.SECTION))),
                                new MailboxModule(),
                                new ImapModule(),
                                new SmtpModule(),
                                new SpoolModule(),
                                new PipelineModule(processors, extensions),
                                new MetricsModule(),
                                new AdministrationModule())
                        .with(instead));
        new ReservedAddresses(
                        injector.getInstance(EnrolledPeople.class),
                        injector.getInstance(EnrolmentRegister.class),
                        configuration.part(Office.SECTION))
                .check(progress);
        closeStack.add(new RecordChainer(database, serverKey, folder, progress)).start();
        closeStack
                .add(new ClientServerUpkeep(injector.getInstance(ClientServers.class)))
                .start();
        return new TherapostServer(closeStack, injector, identity, open(configuration, injector, identity, closeStack));
    }

    /** Both are read once, when the JDK's and James's classes are first used. */
    private static void keepPlaintextOffDisk(DataFolder folder) {
        System.setProperty("java.io.tmpdir", folder.temporary().toString());
        System.setProperty("james.message.memory.threshold", "1G");
    }

    private static ConnectionParameters parameters(
            DatabaseSettings settings, DataFolder folder, Consumer<String> progress, CloseStack closeStack)
            throws IOException {
        Optional<ConnectionParameters> external = settings.connection();
        if (external.isPresent()) {
            return external.get();
        }
        Path cluster = folder.postgresql();
        if (!Files.exists(cluster)) {
            progress.accept("creating an embedded PostgreSQL in " + cluster);
        }
        return closeStack
                .add(EmbeddedCluster.start(cluster.resolve("cluster"), cluster.resolve("programs")))
                .parameters(settings.connections(), settings.patience());
    }

    private static Templates templates(LetterSettings settings) throws StartException {
        try {
            return settings.folder().map(Templates::of).orElseGet(Templates::packaged);
        } catch (TemplateException wrong) {
            throw new StartException("a template of our letters is wrong: " + wrong.getMessage(), wrong);
        }
    }

    private static PublicSuffixes suffixes(SenderSettings settings) throws StartException {
        try {
            return PublicSuffixes.newest(settings.publicSuffixLists());
        } catch (IOException wrong) {
            throw new StartException(
                    "without a public suffix list nobody's sender can be told: " + wrong.getMessage(), wrong);
        }
    }

    private static ListeningAddresses open(
            Configuration configuration, Injector injector, ServerIdentity identity, CloseStack closeStack)
            throws Exception {
        new MissingFolders(injector.getInstance(Database.class), injector.getInstance(ServerKey.class)).make();
        injector.getInstance(TellUnreachable.class)
                .tell()
                .forEach(thread -> LOG.error(
                        "no mail can reach the client of thread {}, and the therapist could not be told",
                        thread.value()));
        injector.getInstance(TellKnownPasswords.class)
                .tell()
                .forEach(login -> LOG.error("a therapist could not be asked to change a password that operators know"));
        closeStack.add(injector.getInstance(SharedEventBus.class));
        closeStack.add(injector.getInstance(PostgresMailQueueFactory.class));
        closeStack.add(injector.getInstance(SenderChecks.class));
        closeStack.add(injector.getInstance(JamesPipelines.class)).start();
        closeStack.add(injector.getInstance(Spool.class)).start();
        closeStack.add(injector.getInstance(HealthWatch.class)).start();
        closeStack.add(injector.getInstance(WakeUpScheduler.class)).start();
        closeStack.add(injector.getInstance(LoginTaskQueue.class));
        closeStack.add(injector.getInstance(LoginQueue.class));
        String hostname = configuration.part(IdentitySettings.SECTION).hostname();
        MessageLimit messageLimit = configuration.part(MessageLimit.SECTION);
        OctetsInFlight inFlight = injector.getInstance(OctetsInFlight.class);
        ImapSettings imapSettings = configuration.part(ImapSettings.SECTION);
        SmtpSettings smtpSettings = configuration.part(SmtpSettings.SECTION);
        SubmissionSettings submissionSettings = configuration.part(SubmissionSettings.SECTION);
        ImapListeners imap = closeStack.add(new ImapListeners(
                imapSettings, hostname, messageLimit, injector.getInstance(Scheduler.class), inFlight));
        SmtpListeners smtp = closeStack.add(new SmtpListeners(
                smtpSettings,
                hostname,
                messageLimit,
                SmtpLimits.of(
                        smtpSettings,
                        inFlight,
                        configuration.part(SenderSettings.SECTION).trustedNetworks()::contains,
                        SenderChecks.THREADS),
                new InjectedHandlers(injector)));
        InetSocketAddress imapStartTls =
                imap.open("imap", imapSettings.startTls(), identity.startTls(), injector.getInstance(ImapParts.class));
        InetSocketAddress imapTls = imap.open(
                "imaps", imapSettings.implicitTls(), identity.implicitTls(), injector.getInstance(ImapParts.class));
        InetSocketAddress submission =
                smtp.open("submission", submissionSettings.startTls(), identity.startTls(), SubmissionHandlers.class);
        InetSocketAddress submissions = smtp.open(
                "submissions", submissionSettings.implicitTls(), identity.implicitTls(), SubmissionHandlers.class);
        InetSocketAddress mail = smtp.open("smtp", smtpSettings.listener(), identity.startTls(), PublicHandlers.class);
        AdministrationServer administration = closeStack.add(AdministrationServer.start(
                configuration.part(AdministrationSettings.SECTION).listener(),
                configuration.part(DataFolderSettings.SECTION).root(),
                injector.getInstance(AllRoutes.class)));
        return new ListeningAddresses(mail, submission, submissions, imapStartTls, imapTls, administration.address());
    }

    /** Where it really listens. */
    public ListeningAddresses addresses() {
        return addresses;
    }

    /** With what it identifies itself. */
    public ServerIdentity identity() {
        return identity;
    }

    /** A part of the server: one of the journeys, a port, the database. */
    public <T> T part(Class<T> type) {
        return injector.getInstance(type);
    }

    /**
     * Stops: nothing new is accepted, what is in work ends and is answered, then connections, spooler, pool and the
     * embedded PostgreSQL close.
     */
    @Override
    public void close() {
        closeStack.close();
    }
}
