package org.therapost.protocols.imap.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.LineHandlerAware;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.utf8.CommandReader;
import org.therapost.protocols.imap.utf8.Utf8Accept;
import org.therapost.protocols.limits.OctetsInFlight;
import reactor.core.publisher.Mono;

/**
 * Gathers one command with all its literals (RFC 9051 section 4.3, RFC 7888), then has it parsed, once. Nothing is read
 * while a command is worked on, nothing goes to a file, and a literal over the limit is refused before it is sent.
 *
 * <p>A literal for which there is no room in memory is refused before it is sent too; one that is sent unasked is read and
 * dropped, and then the command is refused.
 */
public final class ImapCommands extends ChannelInboundHandlerAdapter implements LineHandlerAware {

    private static final String NO_ROOM = " NO [LIMIT] too many large messages at the moment, try again later\r\n";
    private static final Pattern LITERAL = Pattern.compile(".*\\{([0-9-]*)(\\+?)\\}\\r?\\n", Pattern.DOTALL);

    private final ImapDecoder decoder;
    private final CommandLimits limits;
    private final Executor executor;
    private final OctetsInFlight.Share room;
    private final Deque<ChannelInboundHandlerAdapter> overrides = new ArrayDeque<>();
    private byte[] buffer = new byte[2048];
    private int length;
    private int line;
    private int scanned;
    private int dropping;
    private @Nullable String refused;
    private boolean busy;
    private boolean closed;

    /**
     * Begins with nothing.
     *
     * @param executor runs the continuations of AUTHENTICATE and IDLE
     * @param room is held for the command that is gathered or worked on
     */
    public ImapCommands(ImapDecoder decoder, CommandLimits limits, Executor executor, OctetsInFlight.Share room) {
        this.room = room;
        this.decoder = decoder;
        this.limits = limits;
        this.executor = executor;
    }

    @Override
    public synchronized void pushLineHandler(ChannelInboundHandlerAdapter handler) {
        overrides.addFirst(handler);
    }

    @Override
    public synchronized void popLineHandler() {
        overrides.pollFirst();
    }

    private synchronized @Nullable ChannelInboundHandlerAdapter override() {
        return overrides.peekFirst();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        if (session(ctx) instanceof TherapostImapSession reading) {
            reading.holds(room);
        }
        ctx.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        length = 0;
        buffer = new byte[0];
        if (!busy) {
            room.release();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            int dropped = Math.min(dropping, octets.readableBytes());
            octets.skipBytes(dropped);
            dropping -= dropped;
            int more = octets.readableBytes();
            if (length + more > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
            }
            octets.readBytes(buffer, length, more);
            length += more;
        } finally {
            ReferenceCountUtil.release(octets);
        }
        cut(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (!busy && !closed) {
            ctx.read();
        }
    }

    /** The command was answered: the next one, please. On the I/O loop. */
    void next(ChannelHandlerContext ctx) {
        busy = false;
        ImapSession session = session(ctx);
        if (session != null && session.getState() == ImapSessionState.LOGOUT) {
            bye(ctx, "");
            return;
        }
        if (!closed) {
            cut(ctx);
        }
        if (!busy && !closed) {
            ctx.read();
        }
    }

    private void cut(ChannelHandlerContext ctx) {
        while (!busy && !closed && length >= scanned) {
            int end = endOfLine();
            if (tooLong(ctx, (end < 0 ? length : end) - line)) {
                bye(ctx, "* BYE the command is too long\r\n");
                return;
            }
            if (end < 0) {
                return;
            }
            ChannelInboundHandlerAdapter override = override();
            if (override != null) {
                continueWith(ctx, override, take(end));
                return;
            }
            Matcher literal = LITERAL.matcher(text(line, end));
            if (!literal.matches()) {
                if (refused == null) {
                    execute(ctx, command(end));
                } else {
                    refuse(ctx, end, refused);
                }
            } else if (!expect(ctx, end, literal)) {
                return;
            }
        }
    }

    /** The same whether the end of the line has come or not: how packets are cut says nothing. */
    private boolean tooLong(ChannelHandlerContext ctx, int octets) {
        return octets > limits.beforeLogin() && octets > limit(ctx);
    }

    /** End of the line that begins after the last literal, or -1. */
    private int endOfLine() {
        for (int i = scanned; i < length; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        scanned = Math.max(scanned, length);
        return -1;
    }

    /** @return whether the conversation goes on */
    private boolean expect(ChannelHandlerContext ctx, int end, Matcher literal) {
        boolean announced = literal.group(2).isEmpty();
        int limit = limit(ctx);
        int size = size(literal.group(1), limit);
        if (size < 0 || end + size > limit) {
            String answer =
                    tag(end) + (size == -1 ? " BAD not a literal" : " NO [TOOBIG] the literal is too large") + "\r\n";
            if (announced) {
                // The client waits for leave to send it, and will not get it.
                take(end);
                refused = null;
                room.release();
                write(ctx, answer);
                return true;
            }
            bye(ctx, answer + "* BYE the literal is too large\r\n");
            return false;
        }
        if (refused != null || !room.grow(end + size)) {
            if (announced) {
                refuse(ctx, end, tag(end));
                return true;
            }
            return drop(end, size);
        }
        line = end + size;
        scanned = line;
        if (announced) {
            write(ctx, "+ Ok\r\n");
        }
        return true;
    }

    private void refuse(ChannelHandlerContext ctx, int end, String tag) {
        take(end);
        refused = null;
        room.release();
        write(ctx, tag + NO_ROOM);
    }

    /** @return whether all of the literal has come, so that the command goes on */
    private boolean drop(int end, int size) {
        refused = tag(end);
        take(end);
        room.release();
        int here = Math.min(size, length);
        take(here);
        dropping = size - here;
        return dropping == 0;
    }

    private String tag(int end) {
        return refused != null ? refused : text(0, end).split("[ \r\n]", 2)[0].replaceAll("[^A-Za-z0-9._-]", "?");
    }

    /** The number, -1 if it is none, or -2 if it is larger than any limit. */
    private static int size(String digits, int limit) {
        if (!digits.matches("[0-9]{1,20}")) {
            return -1;
        }
        return digits.length() > 9 || Integer.parseInt(digits) > limit ? -2 : Integer.parseInt(digits);
    }

    private int limit(ChannelHandlerContext ctx) {
        ImapSession session = session(ctx);
        boolean loggedIn = session != null && session.getState() != ImapSessionState.NON_AUTHENTICATED;
        return limits.of(text(0, Math.min(length, 200)).split("\r?\n", 2)[0], loggedIn);
    }

    private void execute(ChannelHandlerContext ctx, byte[] command) {
        ImapSession session = session(ctx);
        if (session == null || session.getState() == ImapSessionState.LOGOUT) {
            bye(ctx, "");
            return;
        }
        if (startsTls(command)) {
            // What came behind it in clear could be anybody's (CVE-2011-0411).
            take(length);
        }
        ImapMessage message;
        try {
            message = decoder.decode(new CommandReader(command, Utf8Accept.isEnabled(session)), session);
        } catch (CommandReader.RefusedCommandException refusal) {
            refuse(ctx, command, refusal.answer());
            return;
        } catch (RuntimeException | Error unexpected) {
            // James's parser recurses.
            refuse(ctx, command, "BAD the command cannot be understood");
            return;
        }
        busy = true;
        ctx.fireChannelRead(message);
    }

    private void refuse(ChannelHandlerContext ctx, byte[] command, String answer) {
        String tag =
                new String(command, 0, Math.min(command.length, 200), StandardCharsets.US_ASCII).split("[ \r\n]", 2)[0];
        room.release();
        write(ctx, tag.replaceAll("[^A-Za-z0-9._-]", "?") + " " + answer + "\r\n");
    }

    private void continueWith(ChannelHandlerContext ctx, ChannelInboundHandlerAdapter override, byte[] answer) {
        busy = true;
        executor.execute(() -> {
            try {
                override.channelRead(ctx, Unpooled.wrappedBuffer(answer));
            } catch (Exception failed) {
                ctx.fireExceptionCaught(failed);
            } finally {
                rest(ctx)
                        .doFinally(signal -> ctx.executor().execute(() -> next(ctx)))
                        .subscribe(done -> {}, ctx::fireExceptionCaught);
            }
        });
    }

    private static Mono<Void> rest(ChannelHandlerContext ctx) {
        return session(ctx) instanceof TherapostImapSession reading ? reading.rest() : Mono.empty();
    }

    private static boolean startsTls(byte[] command) {
        return command.length < 200
                && new String(command, StandardCharsets.US_ASCII)
                        .toUpperCase(Locale.ROOT)
                        .matches("\\S+ +STARTTLS\\s*");
    }

    private static @Nullable ImapSession session(ChannelHandlerContext ctx) {
        return ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
    }

    /** Takes a command; its end is CRLF for the parser also where a client has sent LF alone. */
    private byte[] command(int end) {
        boolean proper = end - line >= 2 && buffer[end - 2] == '\r';
        byte[] taken = take(end);
        if (proper) {
            return taken;
        }
        byte[] command = Arrays.copyOf(taken, end + 1);
        command[end - 1] = '\r';
        command[end] = '\n';
        return command;
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOf(buffer, count);
        length -= count;
        if (length == 0 && buffer.length > limits.command()) {
            buffer = new byte[2048];
        } else {
            System.arraycopy(buffer, count, buffer, 0, length);
        }
        line = 0;
        scanned = 0;
        return taken;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not written ends the connection, which is noticed
    private static void write(ChannelHandlerContext ctx, String text) {
        ctx.channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void bye(ChannelHandlerContext ctx, String text) {
        closed = true;
        length = 0;
        ctx.channel()
                .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
