package org.therapost.protocols.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.limits.OctetsInFlight;

/**
 * Cuts what a client sends into frames and hands on one at a time; {@link #next(ChannelHandlerContext)} asks for the following one.
 *
 * <ul>
 *   <li>A command is one line that ends with CRLF. A longer one than allowed is one {@link Frame#TOO_LONG}.
 *   <li>What follows STARTTLS in clear is thrown away: it could be anybody's (CVE-2011-0411).
 *   <li>In DATA a frame is as many whole lines as have arrived, and the final dot is a frame of its own: splitting 100 KiB
 *       into lines costs more than sealing them.
 *   <li>A message for which there is no room in memory is one {@link Frame#NO_ROOM}; the rest of it is read and dropped up to
 *       the final dot, which is a frame as ever. Room is held until that one is answered.
 * </ul>
 */
final class SmtpFrames extends ChannelInboundHandlerAdapter {

    /** Octets of the longest command with its CRLF; RFC 5321 section 4.5.3.1.4 asks for 512. */
    static final int LONGEST_COMMAND = 2048;

    /** What is handed on. */
    record Frame(byte[] octets, Kind kind) {
        static final Frame TOO_LONG = new Frame(new byte[0], Kind.TOO_LONG);
        static final Frame NO_ROOM = new Frame(new byte[0], Kind.NO_ROOM);

        enum Kind {
            COMMAND,
            DATA,
            END_OF_DATA,
            NO_ROOM,
            TOO_LONG
        }
    }

    private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

    private static final int BUFFER = 4096;

    private final int longestData;
    private final OctetsInFlight.Share room;
    private byte[] buffer = new byte[BUFFER];
    private int length;
    private int scanned;
    private boolean data;
    private int gathered;
    private boolean refused;
    private boolean dropping;
    private boolean insideLine;
    private boolean skipping;
    private boolean busy;
    private boolean closed;

    /**
     * Begins with a command.
     *
     * @param longestData octets of a line in DATA that are held back at most; what is longer goes on in pieces. And of a
     *     message: what is longer is not kept
     * @param room is held for the message that is gathered or worked on
     */
    SmtpFrames(int longestData, OctetsInFlight.Share room) {
        this.longestData = longestData;
        this.room = room;
    }

    /** DATA was answered with 354: a message comes. Called from within the frame of that command. */
    void receiveData() {
        data = true;
        gathered = 0;
        insideLine = false;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // The greeting is written first: a client that talks before it gets its answers after it.
        ctx.fireChannelActive();
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
        if (!(message instanceof ByteBuf octets)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            append(octets);
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

    /** The frame was answered: the next one, please. On the I/O loop, also when the connection is gone by now. */
    void next(ChannelHandlerContext ctx) {
        busy = false;
        room.release();
        cut(ctx);
        if (!busy && !closed) {
            ctx.read();
        }
    }

    /** Whether a frame is being worked on; something may have been committed that nobody has been told of. */
    boolean busy() {
        return busy;
    }

    private void append(ByteBuf octets) {
        int more = octets.readableBytes();
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
        octets.readBytes(buffer, length, more);
        length += more;
        if (data && !dropping) {
            gathered = Math.min(gathered + more, longestData);
            refused |= !room.grow(gathered);
        }
    }

    private void cut(ChannelHandlerContext ctx) {
        // A handler that answers at once calls next() from within; then this loop goes on instead of recursing.
        while (!busy && !closed) {
            Frame frame = data ? cutMessage() : cutCommand();
            if (frame == null) {
                return;
            }
            busy = true;
            ctx.fireChannelRead(frame);
        }
    }

    private @Nullable Frame cutMessage() {
        if (refused) {
            refused = false;
            dropping = true;
            room.release();
            return Frame.NO_ROOM;
        }
        Frame frame = cutData();
        while (dropping && frame != null && frame.kind() == Frame.Kind.DATA) {
            frame = cutData();
        }
        dropping &= data;
        return frame;
    }

    /** Marks the frame in work as answered without asking for the next one: for handlers that answer at once. */
    void answered() {
        busy = false;
    }

    private @Nullable Frame cutCommand() {
        int end = endOfLine();
        if (skipping) {
            take(end < 0 ? length : end);
            skipping = end < 0;
            return end < 0 ? null : Frame.TOO_LONG;
        }
        if (end < 0) {
            if (length > LONGEST_COMMAND) {
                skipping = true;
                take(length);
            }
            return null;
        }
        byte[] line = take(end);
        if (line.length > LONGEST_COMMAND) {
            return Frame.TOO_LONG;
        }
        if (startsTls(line)) {
            take(length);
        }
        return new Frame(line, Frame.Kind.COMMAND);
    }

    private static boolean startsTls(byte[] line) {
        return line.length < 64
                && new String(line, StandardCharsets.US_ASCII)
                        .strip()
                        .toUpperCase(Locale.ROOT)
                        .startsWith("STARTTLS");
    }

    /** End of the first line, or -1. A command may end with a bare LF: there is nothing to smuggle past a command. */
    private int endOfLine() {
        for (int i = scanned; i < length; i++) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        scanned = length;
        return -1;
    }

    private @Nullable Frame cutData() {
        if (!insideLine && startsWithFinalDot(0)) {
            take(FINAL_DOT.length);
            data = false;
            return new Frame(FINAL_DOT.clone(), Frame.Kind.END_OF_DATA);
        }
        int whole = 0;
        for (int i = Math.max(scanned, 1); i < length; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r') {
                whole = i + 1;
                // Only CRLF . CRLF ends a message: anything looser is how mail is smuggled (CVE-2023-51764).
                if (startsWithFinalDot(whole)) {
                    break;
                }
            }
        }
        if (whole == 0) {
            scanned = length;
            if (length <= (dropping ? OctetsInFlight.FREE : longestData)) {
                return null;
            }
            insideLine = true;
            // A CR at the very end stays: its LF may be next.
            return new Frame(take(buffer[length - 1] == '\r' ? length - 1 : length), Frame.Kind.DATA);
        }
        insideLine = false;
        return new Frame(take(whole), Frame.Kind.DATA);
    }

    private boolean startsWithFinalDot(int at) {
        return length - at >= FINAL_DOT.length
                && Arrays.equals(buffer, at, at + FINAL_DOT.length, FINAL_DOT, 0, FINAL_DOT.length);
    }

    private byte[] take(int count) {
        byte[] taken = Arrays.copyOf(buffer, count);
        System.arraycopy(buffer, count, buffer, 0, length - count);
        length -= count;
        scanned = 0;
        if (length == 0 && buffer.length > OctetsInFlight.FREE) {
            // One long line, or a hasty peer: a connection does not keep the memory of what has passed.
            buffer = new byte[BUFFER];
        }
        return taken;
    }
}
