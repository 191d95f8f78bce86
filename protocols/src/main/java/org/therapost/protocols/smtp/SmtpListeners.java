package org.therapost.protocols.smtp;

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
import org.therapost.domain.settings.Listener;
import org.therapost.protocols.limits.MessageLimit;

/** The SMTP servers of one process, with the threads that they share. */
public final class SmtpListeners implements AutoCloseable {

    // A check of a sender holds a thread while it waits for DNS, so there are some more than checks at the same
    // time.
    private static final int BESIDE_CHECKS = 16;

    // Therapists share none of them with strangers. Most wait for a commit to reach the disk.
    private static final int SUBMISSION_THREADS = 32;
    private static final int IN_WORK_SECONDS = 20;

    private final SmtpSettings settings;
    private final String hostname;
    private final MessageLimit messageLimit;
    private final ProtocolHandlerLoader handlers;
    private final ExecutorService mail;
    private final ExecutorService submission = threads("submission", SUBMISSION_THREADS);
    private final SmtpLimits limits;
    private final Deque<TherapostSmtpServer> servers = new ArrayDeque<>();

    /** @param hostname with which they greet */
    public SmtpListeners(
            SmtpSettings settings,
            String hostname,
            MessageLimit messageLimit,
            SmtpLimits limits,
            ProtocolHandlerLoader handlers) {
        this.settings = settings;
        this.hostname = hostname;
        this.messageLimit = messageLimit;
        this.limits = limits;
        this.handlers = handlers;
        this.mail = threads("smtp", limits.checksAtATime() + BESIDE_CHECKS);
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
        TherapostSmtpServer server = new TherapostSmtpServer(identity, threads, chain, messageLimit.octets(), limits);
        server.setProtocolHandlerLoader(handlers);
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
        james.addProperty("smtpGreeting", hostname + " ESMTP");
        james.addProperty("connectionLimit", settings.connections());
        james.addProperty("gracefulShutdown", false);
        james.addProperty("ioWorkerCount", 2);
        james.addProperty("auth.announce", "always");
        james.addProperty("auth.requireSSL", true);
        james.addProperty("handlerchain[@enableJmx]", false);
        return james;
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
