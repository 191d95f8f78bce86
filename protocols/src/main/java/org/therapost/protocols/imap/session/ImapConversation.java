package org.therapost.protocols.imap.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.ImapChannelUpstreamHandler;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.apache.james.protocols.netty.Encryption;

/** James's conversation with sessions of ours. */
public final class ImapConversation extends ImapChannelUpstreamHandler {

    private static final Duration TO_LOG_IN = Duration.ofMinutes(5);

    private final Encryption encryption;
    private final Utf8Encoder encoder;

    public ImapConversation(
            String hello,
            ImapProcessor processor,
            ImapEncoder encoder,
            Encryption encryption,
            ImapMetrics metrics,
            ReactiveThrottler throttler) {
        this(hello, processor, new Utf8Encoder(encoder), encryption, metrics, throttler);
    }

    private ImapConversation(
            String hello,
            ImapProcessor processor,
            Utf8Encoder encoder,
            Encryption encryption,
            ImapMetrics metrics,
            ReactiveThrottler throttler) {
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
        this.encoder = encoder;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a closed connection has no use for it
    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        // Nothing was read yet: no command has seen the session that is replaced here.
        ImapSession james =
                ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        TherapostImapSession session = new TherapostImapSession(ctx.channel(), encryption, james.sessionId());
        session.setAttribute(MDC_KEY, james.getAttribute(MDC_KEY));
        encoder.begin(session);
        ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
        Future<?> end =
                ctx.executor().schedule(() -> closeStranger(ctx, session), TO_LOG_IN.toSeconds(), TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> end.cancel(false));
    }

    /** Whoever has not logged in by now only holds a connection that somebody else may need. */
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that does not close is closed by its other side
    private static void closeStranger(ChannelHandlerContext ctx, TherapostImapSession session) {
        if (session.getState() == ImapSessionState.NON_AUTHENTICATED) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ImapSession session =
                ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        try {
            super.channelInactive(ctx);
        } finally {
            if (session instanceof TherapostImapSession reading) {
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
        if (cause instanceof ReactiveThrottler.RejectedException
                && ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get()
                        instanceof TherapostImapSession reading) {
            // Nobody has worked on that command, so nobody else says that it is done.
            reading.answered();
        }
    }
}
