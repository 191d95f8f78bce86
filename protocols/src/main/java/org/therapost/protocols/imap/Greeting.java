package org.therapost.protocols.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;

/** Puts into James's greeting what is offered (RFC 3501 section 7.1); then it is done. */
final class Greeting extends ChannelOutboundHandlerAdapter {

    private static final String OK = "* OK ";

    private final Capabilities capabilities;

    Greeting(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.pipeline().remove(this);
        ImapSession session =
                ctx.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        if (message instanceof ByteBuf greeting
                && session != null
                && greeting.toString(StandardCharsets.US_ASCII).startsWith(OK)) {
            greeting.skipBytes(OK.length());
            // Nothing is looked up for it: it is there at once.
            String code = capabilities.code(session).blockOptional().orElse("");
            ctx.write(
                    Unpooled.wrappedBuffer(Unpooled.copiedBuffer(OK + code, StandardCharsets.US_ASCII), greeting),
                    promise);
        } else {
            ctx.write(message, promise);
        }
    }
}
