package org.therapost.server.imap;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.ImapChannelUpstreamHandler;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.domain.sealing.ReaderSessions;

/** James's conversation with sessions of ours. */
final class ReadingConversation extends ImapChannelUpstreamHandler {

    private final Encryption encryption;
    private final ReaderSessions readers;

    ReadingConversation(
            String hello,
            ImapProcessor processor,
            ImapEncoder encoder,
            Encryption encryption,
            ImapMetrics metrics,
            ReactiveThrottler throttler,
            ReaderSessions readers) {
        super(
                hello,
                processor,
                encoder,
                false,
                encryption,
                metrics,
                new AuthenticationConfiguration(true, true),
                true,
                (int) Duration.ofMinutes(2).toSeconds(),
                throttler);
        this.encryption = encryption;
        this.readers = readers;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        // Nothing was read yet: no command has seen the session that is replaced here.
        ImapSession james =
                ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        ReadingSession session = new ReadingSession(ctx.channel(), encryption, james.sessionId(), readers);
        session.setAttribute(MDC_KEY, james.getAttribute(MDC_KEY));
        ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ImapSession session =
                ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        try {
            super.channelInactive(ctx);
        } finally {
            if (session instanceof ReadingSession reading) {
                reading.over();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            // Resets by the peer and failed TLS handshakes are everyday.
            ctx.close();
            return;
        }
        super.exceptionCaught(ctx, cause);
    }
}
