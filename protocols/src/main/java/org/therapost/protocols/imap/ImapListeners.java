package org.therapost.protocols.imap;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.domain.settings.Listener;
import org.therapost.protocols.imap.session.CommandLimits;
import org.therapost.protocols.limits.ConnectionsPerAddress;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.limits.OctetsInFlight;
import reactor.core.scheduler.Scheduler;

/** The IMAP servers of one process, with the threads that they share. */
public final class ImapListeners implements AutoCloseable {

    private final ImapSettings settings;
    private final String hostname;
    private final MessageLimit messageLimit;
    private final Scheduler scheduler;
    private final ConnectionsPerAddress perAddress;
    private final OctetsInFlight inFlight;
    private final Deque<TherapostImapServer> servers = new ArrayDeque<>();

    /**
     * Opens none yet.
     *
     * @param hostname with which they greet
     * @param inFlight bounds the messages that are gathered
     */
    public ImapListeners(
            ImapSettings settings,
            String hostname,
            MessageLimit messageLimit,
            Scheduler scheduler,
            OctetsInFlight inFlight) {
        this.settings = settings;
        this.hostname = hostname;
        this.messageLimit = messageLimit;
        this.scheduler = scheduler;
        this.perAddress = new ConnectionsPerAddress(settings.perAddress(), any -> false);
        this.inFlight = inFlight;
    }

    /** Opens one listener; returns where it really listens. */
    public InetSocketAddress open(
            String name, Listener listener, Encryption identity, TherapostImapServer.ImapParts parts) throws Exception {
        TherapostImapServer server = new TherapostImapServer(
                parts,
                identity,
                new TherapostImapServer.ImapLimits(
                        CommandLimits.of(settings.commandLimit(), messageLimit.octets()), perAddress, inFlight),
                scheduler);
        server.configure(james(name));
        // James would ask the DNS for the name of this address, and then for the address of that name.
        server.setListenAddresses(listener.socket());
        server.init();
        servers.push(server);
        return server.getListenAddresses().get(0);
    }

    private BaseHierarchicalConfiguration james(String name) {
        BaseHierarchicalConfiguration james = new BaseHierarchicalConfiguration();
        james.addProperty("bind", "0.0.0.0:0");
        james.addProperty("jmxName", name);
        james.addProperty("helloName", hostname);
        james.addProperty("helloName.[@autodetect]", false);
        james.addProperty("connectionLimit", settings.connections());
        james.addProperty("gracefulShutdown", false);
        james.addProperty("ioWorkerCount", 2);
        // APPENDLIMIT (RFC 7889).
        james.addProperty("literalSizeLimit", Integer.toString(messageLimit.octets()));
        // Folders are made at enrolment, all of them.
        james.addProperty("provisionDefaultMailboxes", false);
        // Not served: sharing of folders, quotas set by mail programs, the forerunner of SPECIAL-USE. Only what James
        // itself offers can be
        // named here; SORT, THREAD=REFERENCES, CREATE-SPECIAL-USE and UTF8=ACCEPT are ours (OrderCommands) and are
        // always offered.
        james.addProperty("disabledCaps", "ACL|RIGHTS=texk|LIST-MYRIGHTS|QUOTASET|XLIST");
        return james;
    }

    @Override
    public void close() {
        servers.forEach(TherapostImapServer::destroy);
        scheduler.dispose();
    }
}
