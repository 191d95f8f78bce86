package org.therapost.protocols.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
import org.therapost.protocols.smtp.handlers.PostponedReply;
import org.therapost.protocols.smtp.handlers.SmtpReplies;

/** Works on the frames of one connection through James's handlers, and answers each. */
final class SmtpConversation extends ChannelInboundHandlerAdapter {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConversation.class);

    // These look at nothing but the session; a change of threads would cost more than they do.
    private static final Set<String> QUICK =
            Set.of("EHLO", "HELO", "MAIL", "DATA", "RSET", "NOOP", "QUIT", "STARTTLS", "VRFY", "EXPN", "HELP");

    private final Protocol protocol;
    private final Encryption encryption;
    private final SmtpFrames frames;
    private final Executor executor;
    private final int mostErrors;
    private int errors;
    private @Nullable SmtpTransport transport;
    private @Nullable SMTPSession session;

    SmtpConversation(Protocol protocol, Encryption encryption, SmtpFrames frames, Executor executor, int mostErrors) {
        this.protocol = protocol;
        this.encryption = encryption;
        this.frames = frames;
        this.executor = executor;
        this.mostErrors = mostErrors;
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
        endLater(ctx, LONGEST);
        ctx.fireChannelActive();
    }

    /** However slowly somebody talks: a connection has an end, but never between a commit and its reply. */
    @SuppressWarnings("FutureReturnValueIgnored") // a closed connection has no use for it
    private void endLater(ChannelHandlerContext ctx, Duration after) {
        Future<?> end = ctx.executor().schedule(() -> endUnlessBusy(ctx), after.toSeconds(), TimeUnit.SECONDS);
        ctx.channel().closeFuture().addListener(closed -> end.cancel(false));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that does not close is closed by its other side
    private void endUnlessBusy(ChannelHandlerContext ctx) {
        if (frames.busy()) {
            endLater(ctx, Duration.ofMinutes(1));
        } else {
            ctx.close();
        }
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
            answer(() -> tolerated(frame, respond(frame, ours, current)), ours, current);
            if (frame.kind() == SmtpFrames.Frame.Kind.COMMAND
                    && verb(frame.octets()).equals("DATA")
                    && ours.override().isPresent()) {
                frames.receiveData();
            }
            frames.answered();
            return;
        }
        work(ctx, () -> tolerated(frame, respond(frame, ours, current)), ours, current);
    }

    /** Answers away from the I/O loop; what is put off is asked again later, and nothing stands still for it. */
    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    private void work(
            ChannelHandlerContext ctx,
            Supplier<@Nullable Response> step,
            SmtpTransport transport,
            SMTPSession session) {
        try {
            executor.execute(() -> {
                answer(step, transport, session);
                Optional<PostponedReply> postponed = PostponedReply.take(session);
                if (postponed.isEmpty()) {
                    ctx.executor().execute(() -> frames.next(ctx.pipeline().context(frames)));
                } else {
                    postponed
                            .get()
                            .until()
                            .whenComplete((any, failure) -> askAgain(ctx, postponed.get(), transport, session));
                }
            });
        } catch (RejectedExecutionException stopping) {
            // Nothing was promised for this frame: the other side will try again elsewhere or later.
            frames.answered();
            ctx.close();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    private void askAgain(
            ChannelHandlerContext ctx, PostponedReply postponed, SmtpTransport transport, SMTPSession session) {
        if (ctx.channel().isActive() && !ctx.executor().isShuttingDown()) {
            Supplier<@Nullable Response> again = () -> postponed.reply().get();
            ctx.executor()
                    .schedule(
                            () -> work(ctx, again, transport, session),
                            postponed.waiting().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isQuick(SmtpFrames.Frame frame, SmtpTransport transport) {
        return switch (frame.kind()) {
            case DATA, NO_ROOM, TOO_LONG -> true;
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

    private void answer(Supplier<@Nullable Response> step, SmtpTransport transport, SMTPSession session) {
        try {
            Response response = step.get();
            if (!PostponedReply.isIn(session)) {
                transport.writeResponse(response, session);
            }
        } catch (RuntimeException | Error bug) {
            // Whatever it was, the message is not committed: the answer is "later", and the connection ends.
            LOG.error("SMTP connection {} failed", transport.getId(), bug);
            transport.writeResponse(session.newFatalErrorResponse(), session);
            transport.writeResponse(Response.DISCONNECT, session);
        }
    }

    /**
     * Whose commands are refused again and again looks for addresses, guesses passwords, or does not speak SMTP at all. That
     * messages are refused does not count: it needs an address, and tells nothing.
     */
    private @Nullable Response tolerated(SmtpFrames.Frame frame, @Nullable Response response) {
        boolean command =
                switch (frame.kind()) {
                    case COMMAND, TOO_LONG -> true;
                    case DATA, NO_ROOM, END_OF_DATA -> false;
                };
        if (!command || response == null || !SmtpReplies.isRefusal(response.getRetCode()) || ++errors < mostErrors) {
            return response;
        }
        return SmtpReplies.TOO_MANY_ERRORS.lastResponse();
    }

    private @Nullable Response respond(SmtpFrames.Frame frame, SmtpTransport transport, SMTPSession session) {
        if (frame.kind() == SmtpFrames.Frame.Kind.TOO_LONG) {
            return session.newLineTooLongResponse();
        }
        if (frame.kind() == SmtpFrames.Frame.Kind.NO_ROOM) {
            // What there is of the message is forgotten now; its sender is told when all of it has been sent.
            session.popLineHandler();
            session.resetState();
            return null;
        }
        Optional<LineHandler<SMTPSession>> override = transport.override();
        if (override.isPresent()) {
            return frame.kind() == SmtpFrames.Frame.Kind.COMMAND
                    ? authenticate(override.get(), session, frame.octets())
                    : override.get().onLine(session, frame.octets());
        }
        if (frame.kind() == SmtpFrames.Frame.Kind.END_OF_DATA) {
            return SmtpReplies.NO_ROOM.response();
        }
        return dispatcher().onLine(session, frame.octets());
    }

    /** A line that belongs to AUTH: James makes an account's name of whatever it decodes to, and of what does not decode. */
    private static @Nullable Response authenticate(LineHandler<SMTPSession> step, SMTPSession session, byte[] line) {
        try {
            return step.onLine(session, line);
        } catch (IllegalArgumentException unreadable) {
            return SmtpReplies.WRONG_PASSWORD.response();
        }
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
