package org.therapost.server.scripts;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.SUBSCRIPTION;

import com.google.inject.AbstractModule;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.ImapFeatures;
import org.apache.james.mpt.api.ImapFeatures.Feature;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.api.Session;
import org.apache.james.mpt.host.JamesHostBridge;
import org.apache.james.mpt.host.JamesImapHostSystem;
import org.apache.james.mpt.imapmailbox.ImapTestConstants;
import org.apache.james.mpt.imapmailbox.suite.base.BasicImapCommands;
import org.apache.james.mpt.protocol.FileProtocolSessionBuilder;
import org.apache.james.mpt.protocol.ProtocolSession;
import org.apache.james.mpt.script.SimpleScriptedTestProtocol;
import org.jooq.DSLContext;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.protocols.imap.TherapostImapServer;
import org.therapost.protocols.imap.session.CommandLimits;
import org.therapost.protocols.imap.session.ImapNaming;
import org.therapost.protocols.limits.ConnectionsPerAddress;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.james.mailbox.SealedMailboxManager;
import org.therapost.storage.postgres.Database;
import reactor.core.scheduler.Scheduler;

/**
 * Therapost as James's scripts meet it. They are spoken, over TLS, to the server's own listener for IMAP; two things are spelled
 * as the scripts have it, by {@link ImapNaming}: a login has no domain, and {@code .} stands between the levels of a folder.
 */
final class AssembledHost implements ImapHostSystem, AutoCloseable {

    private static final String PRACTICE = "practice.example";
    private static final String SCRIPTS = "/org/apache/james/imap/scripts/";
    private static final int LIMIT = 1 << 20;
    private static final ImapFeatures FEATURES = ImapFeatures.of(Feature.values());

    private final TherapostServer server;
    private final Set<Username> users = new HashSet<>();
    private final List<ScriptSession> sessions = new ArrayList<>();
    private Optional<TherapostImapServer> plainListener = Optional.empty();
    private UnaryOperator<String> heard = UnaryOperator.identity();
    private boolean condstore = true;

    private AssembledHost(TherapostServer server) {
        this.server = server;
    }

    static AssembledHost start(Path folder) throws Exception {
        AssembledHost host = new AssembledHost(TestServer.start(folder, new AbstractModule() {
            @Override
            protected void configure() {
                bind(ImapNaming.class).toInstance(new ImapNaming('.', login -> login + "@" + PRACTICE));
            }
        }));
        host.server.part(Enrolment.class).addPractice(PRACTICE);
        host.addUser(ImapTestConstants.USER, ImapTestConstants.PASSWORD);
        // While one session lasts, further logins of the same account cost no Argon2.
        host.server
                .part(ReaderLogins.class)
                .begin(ImapNaming.OURS.account(address(ImapTestConstants.USER)), password(ImapTestConstants.PASSWORD));
        return host;
    }

    private static Username address(Username user) {
        return Username.of(user.asString() + "@" + PRACTICE);
    }

    private static Password password(String text) {
        return Password.offered(text);
    }

    /** All folders go, and with them what was in them; INBOX is made by the next login. */
    @Override
    public void beforeTest() {
        condstore = true;
        heard = UnaryOperator.identity();
        server.part(Database.class).sql().transaction(transaction -> {
            DSLContext on = transaction.dsl();
            on.deleteFrom(MAILBOX_MESSAGE).execute();
            on.deleteFrom(MAILBOX).execute();
            on.deleteFrom(SUBSCRIPTION).execute();
            on.deleteFrom(MESSAGE_KEY).execute();
            on.deleteFrom(MESSAGE).execute();
        });
        MaxQuotaManager limits = server.part(MaxQuotaManager.class);
        try {
            limits.removeGlobalMaxMessage();
            limits.removeGlobalMaxStorage();
        } catch (org.apache.james.mailbox.exception.MailboxException away) {
            throw new IllegalStateException(away);
        }
    }

    @Override
    public void afterTest() throws Exception {
        for (ScriptSession session : sessions) {
            session.stop();
        }
        sessions.clear();
    }

    @Override
    public boolean addUser(Username user, String password) throws Exception {
        if (users.add(user)) {
            TestTherapists.add(
                    server::part, address(user).asString(), user.asString().toLowerCase(Locale.ROOT), password);
            beforeTest();
        }
        return true;
    }

    @Override
    public Session newSession(Continuation continuation) throws Exception {
        InetSocketAddress imap = condstore ? server.addresses().imaps() : withoutCondstore();
        ScriptSession session = new ScriptSession(imap, continuation, heard);
        sessions.add(session);
        return session;
    }

    /** Runs a script of James's, in which the names of charsets are compared without regard to case. */
    void runWithAnyCaseOfCharsets(String script, Locale locale) throws Exception {
        heard = AssembledHost::charsets;
        SimpleScriptedTestProtocol protocol = edited(locale, AssembledHost::charsets);
        BasicImapCommands.welcome(protocol);
        BasicImapCommands.authenticate(protocol);
        BasicImapCommands.prepareMailbox(protocol);
        protocol.run(script);
    }

    /** A protocol that runs scripts of James's with some lines changed. */
    SimpleScriptedTestProtocol edited(Locale locale, UnaryOperator<String> edit) throws Exception {
        return new SimpleScriptedTestProtocol(SCRIPTS, this) {
            @Override
            public void addTestFile(String file, ProtocolSession session) throws Exception {
                try (InputStream in = AssembledHost.class.getResourceAsStream(SCRIPTS + file)) {
                    String text = edit.apply(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
                    new FileProtocolSessionBuilder()
                            .addProtocolLinesFromStream(
                                    new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), session, file);
                }
            }
        }.withUser(ImapTestConstants.USER, ImapTestConstants.PASSWORD).withLocale(locale);
    }

    private static String charsets(String line) {
        return line.replace("\"us-ascii\"", "\"US-ASCII\"");
    }

    /** One more listener of the server. */
    private InetSocketAddress withoutCondstore() throws Exception {
        if (plainListener.isEmpty()) {
            TherapostImapServer listener = new TherapostImapServer(
                    server.part(TherapostImapServer.ImapParts.class),
                    server.identity().implicitTls(),
                    new TherapostImapServer.ImapLimits(
                            CommandLimits.of(LIMIT, LIMIT),
                            new ConnectionsPerAddress(LIMIT, any -> true),
                            server.part(OctetsInFlight.class)),
                    server.part(Scheduler.class));
            BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();
            settings.addProperty("condstore", false);
            settings.addProperty("bind", "127.0.0.1:0");
            settings.addProperty("jmxName", "imap-without-condstore");
            settings.addProperty("helloName", "localhost");
            settings.addProperty("helloName.[@autodetect]", false);
            settings.addProperty("connectionLimit", 10);
            settings.addProperty("gracefulShutdown", false);
            settings.addProperty("literalSizeLimit", LIMIT);
            settings.addProperty("disabledCaps", "");
            listener.configure(settings);
            listener.init();
            plainListener = Optional.of(listener);
        }
        return plainListener.get().getListenAddresses().get(0);
    }

    /** The same host, for suites that configure it: all that they change is whether CONDSTORE is served. */
    JamesImapHostSystem configurable() {
        return new JamesHostBridge(this) {
            @Override
            public void configure(ImapConfiguration configuration) {
                condstore = configuration.isCondstoreEnable();
            }
        };
    }

    @Override
    public boolean supports(Feature... features) {
        return FEATURES.supports(features);
    }

    @Override
    public void setQuotaLimits(QuotaCountLimit messages, QuotaSizeLimit octets) throws Exception {
        MaxQuotaManager limits = server.part(MaxQuotaManager.class);
        limits.setGlobalMaxMessage(messages);
        limits.setGlobalMaxStorage(octets);
    }

    @Override
    public void createMailbox(MailboxPath path) throws Exception {
        SealedMailboxManager mailboxes = server.part(SealedMailboxManager.class);
        mailboxes.createMailbox(path, mailboxes.createSystemSession(path.getUser()));
    }

    @Override
    public void grantRights(MailboxPath path, Username user, MailboxACL.Rfc4314Rights rights) throws Exception {
        SealedMailboxManager mailboxes = server.part(SealedMailboxManager.class);
        mailboxes.setRights(
                path,
                MailboxACL.EMPTY.apply(
                        MailboxACL.command().forUser(user).rights(rights).asAddition()),
                mailboxes.createSystemSession(path.getUser()));
    }

    @Override
    public void close() {
        plainListener.ifPresent(TherapostImapServer::destroy);
        server.close();
    }
}
