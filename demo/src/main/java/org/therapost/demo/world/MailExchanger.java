package org.therapost.demo.world;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.netty.NettyServer;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.therapost.protocols.metrics.NoOpMetricFactory;
import org.therapost.server.tls.ServerIdentity;

/**
 * A provider's mail exchanger: James's SMTP library, which hands what it takes to GreenMail behind it. GreenMail has no
 * STARTTLS, and answers the null sender of notices with 503; behind this it gets the author's address instead.
 */
public final class MailExchanger implements MessageHook, AutoCloseable {

    private final NettyServer server;
    private final boolean onlyTls;
    private final MailHost inside;
    private final InetSocketAddress mailboxes;
    private final AtomicInteger takenOverTls = new AtomicInteger();

    private MailExchanger(
            InetSocketAddress at, Optional<ServerIdentity> identity, MailHost inside, InetSocketAddress mailboxes)
            throws Exception {
        this.onlyTls = identity.isPresent();
        this.inside = inside;
        this.mailboxes = mailboxes;
        SMTPProtocolHandlerChain chain = new SMTPProtocolHandlerChain(new NoOpMetricFactory());
        chain.add(this);
        chain.wireExtensibleHandlers();
        NettyServer.Factory factory =
                new NettyServer.Factory().protocol(new SMTPProtocol(chain, new SMTPConfigurationImpl()));
        if (identity.isPresent()) {
            factory.secure(identity.get().startTls());
        }
        this.server = factory.build();
        server.setListenAddresses(at);
        server.bind();
    }

    /**
     * Opens one with STARTTLS, that takes nothing without it.
     *
     * @param identity its certificate
     * @param inside the same host as it meets the mailboxes
     */
    static MailExchanger open(
            InetSocketAddress at, ServerIdentity identity, MailHost inside, InetSocketAddress mailboxes)
            throws Exception {
        return new MailExchanger(at, Optional.of(identity), inside, mailboxes);
    }

    /** Opens one without TLS. */
    static MailExchanger withoutTls(InetSocketAddress at, MailHost inside, InetSocketAddress mailboxes)
            throws Exception {
        return new MailExchanger(at, Optional.empty(), inside, mailboxes);
    }

    /** How many messages came over TLS; others are not taken. */
    public int takenOverTls() {
        return takenOverTls.get();
    }

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        if (onlyTls && !session.isTLSStarted()) {
            return HookResult.DENY;
        }
        try (InputStream content = mail.getMessageInputStream()) {
            byte[] octets = content.readAllBytes();
            String sender = mail.getMaybeSender().asString("");
            for (MailAddress recipient : mail.getRecipients()) {
                if (!inside.send(mailboxes, sender, recipient.asString(), octets)
                        .accepted()) {
                    return HookResult.DENYSOFT;
                }
            }
            if (session.isTLSStarted()) {
                takenOverTls.incrementAndGet();
            }
            return HookResult.OK;
        } catch (IOException | MessagingException later) {
            return HookResult.DENYSOFT;
        }
    }

    @Override
    public void close() {
        server.unbind();
    }
}
