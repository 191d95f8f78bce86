package org.therapost.protocols.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.NettyProtocolTransport;
import org.apache.james.protocols.smtp.SMTPSession;

/** One connection as James's session sees it. Its handlers may run on any thread, one at a time. */
final class SmtpTransport extends NettyProtocolTransport {

    private final Channel channel;
    private final Encryption encryption;
    private final Deque<LineHandler<SMTPSession>> overrides = new ArrayDeque<>();

    SmtpTransport(Channel channel, Encryption encryption) {
        super(channel, encryption, false);
        this.channel = channel;
        this.encryption = encryption;
    }

    /** The handler that takes the next line instead of the commands' dispatcher. */
    synchronized Optional<LineHandler<SMTPSession>> override() {
        return Optional.ofNullable(overrides.peekFirst());
    }

    @Override
    @SuppressWarnings("unchecked") // every session of this transport is one of SMTP
    public synchronized void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        overrides.addFirst((LineHandler<SMTPSession>) handler);
    }

    @Override
    public synchronized void popLineHandler() {
        overrides.pollFirst();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    @Override
    protected void writeToClient(byte[] octets, ProtocolSession session, boolean startTls) {
        if (!startTls) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(octets));
            return;
        }
        // Both on the I/O loop: from another thread the handler would be in place before the reply had passed it.
        Runnable begin = () -> {
            channel.writeAndFlush(Unpooled.wrappedBuffer(octets));
            channel.pipeline().addFirst(HandlerConstants.SSL_HANDLER, encryption.sslHandler());
        };
        if (channel.eventLoop().inEventLoop()) {
            begin.run();
        } else {
            channel.eventLoop().execute(begin);
        }
    }
}
