package org.therapost.protocols.limits;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Closes connections of an address that has too many already, before anything is said. James has such a handler too; it
 * never forgets an address.
 */
@ChannelHandler.Sharable
public final class ConnectionsPerAddress extends ChannelInboundHandlerAdapter {

    private final int most;
    private final Predicate<InetAddress> exempt;
    private final ConcurrentMap<NetworkBlock, Integer> connections = new ConcurrentHashMap<>();

    /**
     * For all listeners of a protocol.
     *
     * @param most at the same time
     * @param exempt addresses that may have any number
     */
    public ConnectionsPerAddress(int most, Predicate<InetAddress> exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that does not close is closed by its other side
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        InetAddress address = address(ctx);
        if (exempt.test(address) || connections.merge(NetworkBlock.customer(address), 1, Integer::sum) <= most) {
            ctx.fireChannelActive();
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        InetAddress address = address(ctx);
        if (!exempt.test(address)) {
            connections.computeIfPresent(NetworkBlock.customer(address), (any, count) -> count == 1 ? null : count - 1);
        }
        ctx.fireChannelInactive();
    }

    private static InetAddress address(ChannelHandlerContext ctx) {
        return ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    }
}
