package org.therapost.server.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.mailets.authentication.SenderChecks;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.Listener;
import org.therapost.server.limits.ConnectionsPerAddress;
import org.therapost.server.limits.OctetsInFlight;

/** The SMTP servers of one process, with the threads that they share. */
public final class SmtpListeners implements AutoCloseable {

    // A check of a sender holds one of these while it waits for DNS, so there are some more than checks at the same
    // time.
    private static final int PUBLIC_THREADS = SenderChecks.THREADS + 16;

    // Therapists share none of them with strangers. Most wait for a commit to reach the disk.
    private static final int SUBMISSION_THREADS = 32;
    private static final int IN_WORK_SECONDS = 20;

    private final Configuration configuration;
    private final ProtocolHandlerLoader handlers;
    private final ExecutorService mail = threads("smtp", PUBLIC_THREADS);
    private final ExecutorService submission = threads("submission", SUBMISSION_THREADS);
    private final SmtpLimits limits;
    private final Deque<TherapostSmtpServer> servers = new ArrayDeque<>();

    /** @param inFlight bounds the messages that are gathered */
    public SmtpListeners(Configuration configuration, ProtocolHandlerLoader handlers, OctetsInFlight inFlight) {
        this.configuration = configuration;
        this.handlers = handlers;
        this.limits = new SmtpLimits(
                inFlight,
                new ConnectionsPerAddress(
                        configuration.smtpConnectionsPerAddress(), configuration.trustedNetworks()::contains),
                configuration.smtpErrors());
    }

    private static ExecutorService threads(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most,
                most,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, name + "-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Opens one listener; returns where it really listens. */
    public InetSocketAddress open(
            String name, Listener listener, Encryption identity, Class<? extends HandlersPackage> chain)
            throws Exception {
        ExecutorService threads = chain == PublicHandlers.class ? mail : submission;
        TherapostSmtpServer server =
                new TherapostSmtpServer(identity, threads, chain, configuration.maximumSize(), limits);
        server.setProtocolHandlerLoader(handlers);
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
        settings.addProperty("smtpGreeting", configuration.hostname() + " ESMTP");
        settings.addProperty("connectionLimit", configuration.smtpConnections());
        settings.addProperty("gracefulShutdown", false);
        settings.addProperty("ioWorkerCount", 2);
        settings.addProperty("auth.announce", "always");
        settings.addProperty("auth.requireSSL", true);
        settings.addProperty("handlerchain[@enableJmx]", false);
        return settings;
    }

    private static void end(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(IN_WORK_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what is in work end and be answered, then closes all connections. */
    @Override
    public void close() {
        mail.shutdown();
        submission.shutdown();
        end(submission);
        end(mail);
        servers.forEach(TherapostSmtpServer::destroy);
    }
}
