package org.therapost.server.administration;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.therapost.domain.settings.Listener;
import org.therapost.server.administration.routes.AllRoutes;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.PrivateFiles;

/**
 * Listens on loopback and hands requests that bear the token to their routes. Every local user and program can connect, so
 * that nothing may depend on what a connection does not send: a connection costs no thread, has a deadline, and their number
 * is bounded; health is answered by the event loop itself, figures and routes by workers of their own.
 */
public final class AdministrationServer implements AutoCloseable {

    /** How long a request may take to come, and a reply to be taken. */
    public static final Duration TO_COME = Duration.ofSeconds(10);

    private static final Duration TO_GO = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 256;
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HEADER = 8192;
    private static final int CHUNK = 8192;
    private static final int BACKLOG = 1024;
    private static final int ROUTE_THREADS = 4;
    private static final int ROUTE_QUEUE = 64;
    private static final int METRICS_QUEUE = 8;
    private static final int STILL = 10;

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("administration", true));
    private final ExecutorService routes = workers("administration-route", ROUTE_THREADS, ROUTE_QUEUE);
    private final ExecutorService metrics = workers("administration-metrics", 1, METRICS_QUEUE);
    private final OpenConnections open = new OpenConnections(MOST_WAITING);
    private final Channel listening;

    private AdministrationServer(InetSocketAddress address, RequestDispatcher requestDispatcher) throws IOException {
        HttpConversation.Workers workers = new HttpConversation.Workers(routes, metrics);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_HEADER, CHUNK))
                                .addLast(new HttpConversation(
                                        requestDispatcher, workers, open, TO_COME.toSeconds(), TO_GO.toSeconds()));
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            end();
            throw new IOException("cannot listen on " + address + " for the administration", bound.cause());
        }
        this.listening = bound.channel();
    }

    private static ExecutorService workers(String name, int threads, int queue) {
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                new DefaultThreadFactory(name, true));
    }

    /** Starts listening, and writes token and address into the data folder for the command line. */
    public static AdministrationServer start(Listener listener, Path dataFolder, AllRoutes routes) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        AdministrationServer administration =
                new AdministrationServer(listener.socket(), new RequestDispatcher(routes, token));
        PrivateFiles.write(DataFolder.adminToken(dataFolder), token.getBytes(StandardCharsets.US_ASCII));
        Listener bound =
                new Listener(listener.address(), administration.address().getPort());
        PrivateFiles.write(DataFolder.adminUrl(dataFolder), ("http://" + bound).getBytes(StandardCharsets.US_ASCII));
        return administration;
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Lets requests in work end. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        end();
    }

    private void end() {
        routes.shutdown();
        metrics.shutdown();
        try {
            if (!routes.awaitTermination(STILL, TimeUnit.SECONDS)) {
                routes.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        // Replies that were written a moment ago still leave.
        loop.shutdownGracefully(100, 1000, TimeUnit.MILLISECONDS).awaitUninterruptibly(STILL, TimeUnit.SECONDS);
    }
}
