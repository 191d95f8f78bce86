package org.therapost.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
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
import org.therapost.server.log.Unmeasured;
import org.therapost.server.tls.ServerIdentity;

/**
 * A provider's mail exchanger with STARTTLS, which GreenMail has not: James's SMTP library, which hands what it takes to
 * GreenMail behind it.
 */
final class MailExchanger implements MessageHook, AutoCloseable {

    private final NettyServer server;
    private final MailHost inside;
    private final InetSocketAddress mailboxes;
    private final AtomicInteger takenOverTls = new AtomicInteger();

    private MailExchanger(InetSocketAddress at, ServerIdentity identity, MailHost inside, InetSocketAddress mailboxes)
            throws Exception {
        this.inside = inside;
        this.mailboxes = mailboxes;
        SMTPProtocolHandlerChain chain = new SMTPProtocolHandlerChain(new Unmeasured());
        chain.add(this);
        chain.wireExtensibleHandlers();
        this.server = new NettyServer.Factory()
                .protocol(new SMTPProtocol(chain, new SMTPConfigurationImpl()))
                .secure(identity.startTls())
                .build();
        server.setListenAddresses(at);
        server.bind();
    }

    /**
     * Opens it.
     *
     * @param identity its certificate
     * @param inside the same host as it meets the mailboxes
     */
    static MailExchanger open(
            InetSocketAddress at, ServerIdentity identity, MailHost inside, InetSocketAddress mailboxes)
            throws Exception {
        return new MailExchanger(at, identity, inside, mailboxes);
    }

    /** How many messages came over TLS; others are not taken. */
    int takenOverTls() {
        return takenOverTls.get();
    }

    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        if (!session.isTLSStarted()) {
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
            takenOverTls.incrementAndGet();
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
