package org.therapost.protocols.imap.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Gives what James reports of a failed command to the conversation. James reports it to whoever comes after the conversation;
 * there nobody would answer, and a mail program would wait for the rest of a response for ever.
 */
public final class FailedCommands extends ChannelInboundHandlerAdapter {

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        ChannelHandlerContext conversation = ctx.pipeline().context(NettyConstants.CORE_HANDLER);
        if (conversation != null && conversation.handler() instanceof ChannelInboundHandler handler) {
            handler.exceptionCaught(conversation, cause);
        }
    }
}
