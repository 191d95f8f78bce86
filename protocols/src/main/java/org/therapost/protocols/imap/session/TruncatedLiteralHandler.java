package org.therapost.protocols.imap.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.stream.ChunkedInput;

/**
 * Ends the connection when a literal breaks off: its size was announced, and whatever came next would be taken for the rest
 * of it. That happens when the database is away, or when a message was changed at rest while it was read.
 */
public final class TruncatedLiteralHandler extends ChannelOutboundHandlerAdapter {

    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's, and closing has no other outcome
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ChunkedInput) {
            promise.addListener(written -> {
                if (!written.isSuccess()) {
                    ctx.close();
                }
            });
        }
        ctx.write(message, promise);
    }
}
