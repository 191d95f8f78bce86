package org.therapost.server.administration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: one request, one reply, closed. No thread waits for either; the request must have come whole in a fixed
 * time, however slowly its octets drip (RFC 9110 names no such time; a deadline that every octet renews would be none).
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written or closed has ended
final class HttpConversation extends ChannelInboundHandlerAdapter {

    static final int LARGEST_BODY = 1024 * 1024;

    /** The workers; each with a bounded queue. */
    record Workers(Executor routes, Executor metrics) {}

    private final RequestDispatcher requestDispatcher;
    private final Workers workers;
    private final OpenConnections open;
    private final long secondsToCome;
    private final long secondsToGo;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable HttpRequest request;
    private String path = "";
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private boolean answered;

    /**
     * A new connection.
     *
     * @param secondsToCome for the whole request
     * @param secondsToGo until the reply is taken
     */
    HttpConversation(
            RequestDispatcher requestDispatcher,
            Workers workers,
            OpenConnections open,
            long secondsToCome,
            long secondsToGo) {
        this.requestDispatcher = requestDispatcher;
        this.workers = workers;
        this.open = open;
        this.secondsToCome = secondsToCome;
        this.secondsToGo = secondsToGo;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        waitAtMost(secondsToCome, context);
    }

    private void waitAtMost(long seconds, ChannelHandlerContext context) {
        open.add(context.channel());
        deadline = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
    }

    private void waitNoMore(ChannelHandlerContext context) {
        open.remove(context.channel());
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        waitNoMore(context);
        answered = true;
        wipe(body);
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (answered) {
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(context, head);
            }
            if (message instanceof HttpContent content && !answered) {
                gather(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            answer(context, unreadable(head.decoderResult()));
            return;
        }
        try {
            String decoded = new URI(head.uri()).getPath();
            path = decoded == null ? "" : decoded;
        } catch (URISyntaxException bad) {
            answer(context, requestDispatcher.error(400, "the address that is asked for is none"));
            return;
        }
        request = head;
        // A stranger's body is neither waited for nor kept.
        requestDispatcher
                .atOnce(path, String.valueOf(head.headers().get(HttpHeaderNames.AUTHORIZATION)))
                .ifPresentOrElse(reply -> answer(context, reply), () -> invite(context, head));
    }

    private static void invite(ChannelHandlerContext context, HttpRequest head) {
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private Reply unreadable(DecoderResult result) {
        if (result.cause() instanceof TooLongHttpLineException) {
            return requestDispatcher.error(414, "the request's first line is too long");
        }
        if (result.cause() instanceof TooLongHttpHeaderException
                || result.cause() instanceof TooLongHttpContentException) {
            return requestDispatcher.error(431, "the request's header is too long");
        }
        return requestDispatcher.error(400, "the request is not HTTP/1.1");
    }

    private void gather(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            answer(context, unreadable(content.decoderResult()));
            return;
        }
        if (body.readableBytes() + content.content().readableBytes() > LARGEST_BODY) {
            answer(context, requestDispatcher.error(413, "the request is larger than " + LARGEST_BODY + " octets"));
            return;
        }
        if (body.capacity() == 0 && content.content().isReadable()) {
            body = Unpooled.buffer();
        }
        int began = content.content().readerIndex();
        int length = content.content().readableBytes();
        body.writeBytes(content.content());
        // Passwords come this way, and the memory of what is released is given to others as it is.
        content.content().setZero(began, length);
        HttpRequest head = request;
        if (content instanceof LastHttpContent && head != null) {
            byte[] octets = ByteBufUtil.getBytes(body);
            wipe(body);
            work(context, head.method().name(), octets);
        }
    }

    private static void wipe(ByteBuf buffer) {
        buffer.setZero(0, buffer.capacity());
    }

    private void work(ChannelHandlerContext context, String method, byte[] octets) {
        waitNoMore(context);
        // Nothing that comes after it belongs to it.
        answered = true;
        boolean figures = path.equals("/metrics");
        Supplier<Reply> work =
                figures ? requestDispatcher::metrics : () -> requestDispatcher.answer(method, path, octets);
        try {
            (figures ? workers.metrics() : workers.routes()).execute(() -> {
                Reply reply = work.get();
                context.executor().execute(() -> send(context, reply));
            });
        } catch (RejectedExecutionException busy) {
            send(context, requestDispatcher.error(503, "the server is busy with other requests; try again"));
        }
    }

    private void answer(ChannelHandlerContext context, Reply reply) {
        waitNoMore(context);
        answered = true;
        send(context, reply);
    }

    private void send(ChannelHandlerContext context, Reply reply) {
        if (!context.channel().isActive()) {
            return;
        }
        waitAtMost(secondsToGo, context);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.wrappedBuffer(reply.octets()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.type())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.octets().length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
        context.close();
    }
}
