package org.therapost.server.imap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.Listener;
import org.therapost.server.limits.ConnectionsPerAddress;
import org.therapost.server.limits.OctetsInFlight;
import reactor.core.scheduler.Scheduler;

/** The IMAP servers of one process, with the threads that they share. */
public final class ImapListeners implements AutoCloseable {

    private final Configuration configuration;
    private final Scheduler scheduler;
    private final ConnectionsPerAddress perAddress;
    private final OctetsInFlight inFlight;
    private final Deque<TherapostImapServer> servers = new ArrayDeque<>();

    /** @param inFlight bounds the messages that are gathered */
    public ImapListeners(Configuration configuration, Scheduler scheduler, OctetsInFlight inFlight) {
        this.inFlight = inFlight;
        this.configuration = configuration;
        this.scheduler = scheduler;
        this.perAddress = new ConnectionsPerAddress(configuration.imapConnectionsPerAddress(), any -> false);
    }

    /** Opens one listener; returns where it really listens. */
    public InetSocketAddress open(
            String name, Listener listener, Encryption identity, TherapostImapServer.ImapParts parts) throws Exception {
        TherapostImapServer server = new TherapostImapServer(
                parts,
                identity,
                configuration.imapCommandLimit(),
                configuration.maximumSize(),
                scheduler,
                perAddress,
                inFlight);
        server.configure(settings(name));
        // James would ask the DNS for the name of this address, and then for the address of that name.
        server.setListenAddresses(new InetSocketAddress(InetAddress.getByName(listener.address()), listener.port()));
        server.init();
        servers.push(server);
        return server.getListenAddresses().get(0);
    }

    private BaseHierarchicalConfiguration settings(String name) {
        BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();
        settings.addProperty("bind", "0.0.0.0:0");
        settings.addProperty("jmxName", name);
        settings.addProperty("helloName", configuration.hostname());
        settings.addProperty("helloName.[@autodetect]", false);
        settings.addProperty("connectionLimit", configuration.imapConnections());
        settings.addProperty("gracefulShutdown", false);
        settings.addProperty("ioWorkerCount", 2);
        // APPENDLIMIT (RFC 7889).
        settings.addProperty("literalSizeLimit", Integer.toString(configuration.maximumSize()));
        // Folders are made at enrolment, all of them.
        settings.addProperty("provisionDefaultMailboxes", false);
        // Not served: sharing of folders, quotas set by mail programs, the forerunner of SPECIAL-USE. Only what James
        // itself offers can be
        // named here; SORT, THREAD=REFERENCES, CREATE-SPECIAL-USE and UTF8=ACCEPT are ours (OrderCommands) and are
        // always offered.
        settings.addProperty("disabledCaps", "ACL|RIGHTS=texk|LIST-MYRIGHTS|QUOTASET|XLIST");
        return settings;
    }

    @Override
    public void close() {
        servers.forEach(TherapostImapServer::destroy);
        scheduler.dispose();
    }
}
