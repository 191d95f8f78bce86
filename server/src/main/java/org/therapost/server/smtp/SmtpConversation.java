package org.therapost.server.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on the frames of one connection through James's handlers, and answers each. */
final class SmtpConversation extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpConversation.class);

    // These look at nothing but the session; a change of threads would cost more than they do.
    private static final Set<String> QUICK =
            Set.of("EHLO", "HELO", "MAIL", "DATA", "RSET", "NOOP", "QUIT", "STARTTLS", "VRFY", "EXPN", "HELP");

    private final Protocol protocol;
    private final Encryption encryption;
    private final SmtpFrames frames;
    private final Executor executor;
    private @Nullable SmtpTransport transport;
    private @Nullable SMTPSession session;

    SmtpConversation(Protocol protocol, Encryption encryption, SmtpFrames frames, Executor executor) {
        this.protocol = protocol;
        this.encryption = encryption;
        this.frames = frames;
        this.executor = executor;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // James's chain hands out raw handlers
    public void channelActive(ChannelHandlerContext ctx) {
        SmtpTransport ours = new SmtpTransport(ctx.channel(), encryption);
        SMTPSession fresh = (SMTPSession) protocol.newSession(ours);
        transport = ours;
        session = fresh;
        for (ConnectHandler handler : protocol.getProtocolChain().getHandlers(ConnectHandler.class)) {
            ours.writeResponse(handler.onConnect(fresh), fresh);
        }
        ctx.fireChannelActive();
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // James's chain hands out raw handlers
    public void channelInactive(ChannelHandlerContext ctx) {
        SMTPSession gone = session;
        if (gone != null) {
            session = null;
            for (DisconnectHandler handler : protocol.getProtocolChain().getHandlers(DisconnectHandler.class)) {
                handler.onDisconnect(gone);
            }
        }
        ctx.fireChannelInactive();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        SmtpTransport ours = transport;
        SMTPSession current = session;
        if (!(message instanceof SmtpFrames.Frame frame) || ours == null || current == null) {
            ctx.fireChannelRead(message);
            return;
        }
        if (isQuick(frame, ours)) {
            answer(frame, ours, current);
            if (frame.kind() == SmtpFrames.Frame.Kind.COMMAND
                    && verb(frame.octets()).equals("DATA")
                    && ours.override().isPresent()) {
                frames.receiveData();
            }
            frames.answered();
            return;
        }
        try {
            executor.execute(() -> {
                answer(frame, ours, current);
                ctx.executor().execute(() -> frames.next(ctx.pipeline().context(frames)));
            });
        } catch (RejectedExecutionException stopping) {
            // Nothing was promised for this frame: the other side will try again elsewhere or later.
            ctx.close();
        }
    }

    private static boolean isQuick(SmtpFrames.Frame frame, SmtpTransport transport) {
        return switch (frame.kind()) {
            case DATA, TOO_LONG -> true;
            case END_OF_DATA -> false;
            case COMMAND -> transport.override().isEmpty() && QUICK.contains(verb(frame.octets()));
        };
    }

    private static String verb(byte[] line) {
        int end = 0;
        while (end < line.length && line[end] > ' ') {
            end++;
        }
        return new String(line, 0, end, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    }

    private void answer(SmtpFrames.Frame frame, SmtpTransport transport, SMTPSession session) {
        try {
            transport.writeResponse(respond(frame, transport, session), session);
        } catch (RuntimeException | StackOverflowError bug) {
            // Whatever it was, the message is not committed: the answer is "later", and the connection ends.
            LOG.error("SMTP connection {} failed", transport.getId(), bug);
            transport.writeResponse(session.newFatalErrorResponse(), session);
            transport.writeResponse(Response.DISCONNECT, session);
        }
    }

    private @Nullable Response respond(SmtpFrames.Frame frame, SmtpTransport transport, SMTPSession session) {
        if (frame.kind() == SmtpFrames.Frame.Kind.TOO_LONG) {
            return session.newLineTooLongResponse();
        }
        Optional<LineHandler<SMTPSession>> override = transport.override();
        if (override.isPresent()) {
            return override.get().onLine(session, frame.octets());
        }
        return dispatcher().onLine(session, frame.octets());
    }

    @SuppressWarnings("unchecked") // the chain of an SMTP server has the dispatcher of SMTP
    private LineHandler<SMTPSession> dispatcher() {
        return protocol.getProtocolChain()
                .getFirstHandler(LineHandler.class)
                .orElseThrow(() -> new IllegalStateException("no dispatcher in the handler chain"));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Resets by the peer and failed TLS handshakes are everyday.
        if (!(cause instanceof IOException) && !(cause instanceof io.netty.handler.codec.DecoderException)) {
            LOG.error("SMTP connection {} failed", ctx.channel().id(), cause);
        }
        ctx.close();
    }
}
