package org.therapost.protocols.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.james.protocols.api.Protocol;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.ConnectionLimitUpstreamHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.TimeoutHandler;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.metrics.NoOpMetricFactory;

/** James's SMTP server with our framing, our threads and our certificate. */
public final class TherapostSmtpServer extends SMTPServer {

    private final Encryption identity;
    private final Executor executor;
    private final Class<? extends HandlersPackage> handlers;
    private final int longestLine;
    private final SmtpLimits limits;
    private @Nullable Protocol protocol;

    /**
     * @param identity STARTTLS or implicit TLS
     * @param executor runs what can block
     * @param handlers names the handlers of this listener
     * @param maximumSize octets of the largest message, which can be a single line
     * @param limits for strangers
     */
    public TherapostSmtpServer(
            Encryption identity,
            Executor executor,
            Class<? extends HandlersPackage> handlers,
            int maximumSize,
            SmtpLimits limits) {
        super(new SmtpMetricsImpl(new NoOpMetricFactory()));
        this.identity = identity;
        this.executor = executor;
        this.handlers = handlers;
        this.longestLine = maximumSize;
        this.limits = limits;
    }

    @Override
    protected void buildSSLContext() {
        this.encryption = identity;
    }

    @Override
    protected void preInit() throws Exception {
        super.preInit();
        SMTPHandlerConfigurationDataImpl settings = new SMTPHandlerConfigurationDataImpl();
        protocol = new SMTPProtocol(getProtocolHandlerChain(), settings) {
            @Override
            public ProtocolSession newSession(ProtocolTransport transport) {
                return new ExtendedSMTPSession(settings, transport);
            }
        };
    }

    @Override
    protected Class<? extends HandlersPackage> getCoreHandlersPackage() {
        return handlers;
    }

    @Override
    protected void registerMBean() {
        // JMX is not shipped.
    }

    @Override
    protected void unregisterMBean() {
        // JMX is not shipped.
    }

    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        // Reading is asked for, one frame at a time.
        bootstrap.childOption(ChannelOption.AUTO_READ, false);
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        Protocol smtp = Objects.requireNonNull(protocol, "init comes first");
        ConnectionLimitUpstreamHandler limit = ConnectionLimitUpstreamHandler.forCount(connectionLimit)
                .orElseThrow(() -> new IllegalStateException("no connection limit"));
        return new AbstractChannelPipelineFactory<>(pipeline -> frames(), getExecutorGroup()) {
            @Override
            protected void initChannel(SocketChannel channel) {
                lay(channel, smtp, limit);
            }

            @Override
            protected ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }
        };
    }

    private SmtpFrames frames() {
        return new SmtpFrames(longestLine, limits.inFlight().share());
    }

    private void lay(Channel channel, Protocol smtp, ConnectionLimitUpstreamHandler limit) {
        SmtpFrames frames = frames();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, limit);
        pipeline.addLast("connectionsPerAddress", limits.perAddress());
        if (!identity.isStartTLS()) {
            pipeline.addLast(HandlerConstants.SSL_HANDLER, identity.sslHandler());
        }
        pipeline.addLast(HandlerConstants.FRAMER, frames);
        pipeline.addLast(HandlerConstants.TIMEOUT_HANDLER, new TimeoutHandler(getTimeout()));
        pipeline.addLast(
                HandlerConstants.CORE_HANDLER, new SmtpConversation(smtp, identity, frames, executor, limits.errors()));
    }
}
