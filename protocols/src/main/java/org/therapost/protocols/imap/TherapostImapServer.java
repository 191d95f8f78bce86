package org.therapost.protocols.imap;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.time.Duration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapIdleStateHandler;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.ReactiveThrottler;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.ConnectionLimitUpstreamHandler;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.therapost.domain.folders.TherapistFolders;
import org.therapost.protocols.imap.commands.CommandSanityCheck;
import org.therapost.protocols.imap.commands.DeletedMailboxProcessor;
import org.therapost.protocols.imap.commands.DistinctMessages;
import org.therapost.protocols.imap.commands.FailureReasonProcessor;
import org.therapost.protocols.imap.commands.ListProcessor;
import org.therapost.protocols.imap.commands.SearchModSeq;
import org.therapost.protocols.imap.commands.ServerAnnotations;
import org.therapost.protocols.imap.commands.ServerFolders;
import org.therapost.protocols.imap.ordering.MessageSummaries;
import org.therapost.protocols.imap.ordering.OrderCommands;
import org.therapost.protocols.imap.selected.AnnouncedMessages;
import org.therapost.protocols.imap.selected.CopyUidResponses;
import org.therapost.protocols.imap.selected.ResponseCorrections;
import org.therapost.protocols.imap.selected.Resynchronization;
import org.therapost.protocols.imap.selected.SelectProcessor;
import org.therapost.protocols.imap.selected.UidCommands;
import org.therapost.protocols.imap.session.CommandLimits;
import org.therapost.protocols.imap.session.FailedCommands;
import org.therapost.protocols.imap.session.ImapCommands;
import org.therapost.protocols.imap.session.ImapConversation;
import org.therapost.protocols.imap.session.SequentialCommandProcessor;
import org.therapost.protocols.imap.session.TruncatedLiteralHandler;
import org.therapost.protocols.imap.utf8.Utf8Accept;
import org.therapost.protocols.limits.ConnectionsPerAddress;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.protocols.metrics.NoOpMetricFactory;
import reactor.core.scheduler.Scheduler;

/** James's IMAP server with our framing, our sessions and our certificate. */
public final class TherapostImapServer extends IMAPServer {

    private static final int CONCURRENT_COMMANDS = 64;
    private static final int WAITING_COMMANDS = 4096;
    private static final int IDLE = (int) Duration.ofMinutes(30).toSeconds();

    private final ImapDecoder decoder;
    private final ImapEncoder encoder;
    private final ImapProcessor processor;
    private final Capabilities capabilities;
    private final Encryption identity;
    private final ImapLimits limits;
    private final Scheduler scheduler;
    private final ImapMetrics metrics = new ImapMetrics(new NoOpMetricFactory());
    private final ReactiveThrottler throttler =
            new ReactiveThrottler(new NoopGaugeRegistry(), CONCURRENT_COMMANDS, WAITING_COMMANDS);

    /** @param identity STARTTLS or implicit TLS */
    public TherapostImapServer(ImapParts parts, Encryption identity, ImapLimits limits, Scheduler scheduler) {
        this(
                parts,
                identity,
                limits,
                scheduler,
                new SequentialCommandProcessor(
                        new DeletedMailboxProcessor(new Utf8Accept(new OrderCommands(
                                new CapabilitiesAfterLogin(
                                        new CommandSanityCheck(new ServerFolders(
                                                new DistinctMessages(
                                                        new CopyUidResponses(
                                                                new ResponseCorrections(
                                                                        new Resynchronization(
                                                                                new SelectProcessor(
                                                                                        inFolders(
                                                                                                parts.processor())))))),
                                                parts.folders())),
                                        new Capabilities(new OrderCommands(parts.processor(), parts.summaries()))),
                                parts.summaries()))),
                        scheduler));
    }

    private static ImapProcessor inFolders(ImapProcessor james) {
        return new UidCommands(new AnnouncedMessages(
                new SearchModSeq(new ListProcessor(new ServerAnnotations(new FailureReasonProcessor(james))))));
    }

    private TherapostImapServer(
            ImapParts parts, Encryption identity, ImapLimits limits, Scheduler scheduler, ImapProcessor processor) {
        super(
                parts.decoder(),
                parts.encoder(),
                processor,
                new ImapMetrics(new NoOpMetricFactory()),
                new NoopGaugeRegistry());
        this.decoder = parts.decoder();
        this.encoder = new CorrectedEncoder(parts.encoder());
        this.capabilities = new Capabilities(new OrderCommands(parts.processor(), parts.summaries()));
        this.processor = processor;
        this.identity = identity;
        this.limits = limits;
        this.scheduler = scheduler;
    }

    /** James's parser, encoder and processors, with what they lack; what messages are ordered by; and the folders of therapists. */
    public record ImapParts(
            ImapDecoder decoder,
            ImapEncoder encoder,
            ImapProcessor processor,
            MessageSummaries summaries,
            TherapistFolders folders) {}

    /**
     * What one server takes from its clients.
     *
     * @param perAddress connections of one network
     * @param inFlight bounds the messages that are gathered
     */
    public record ImapLimits(CommandLimits commands, ConnectionsPerAddress perAddress, OctetsInFlight inFlight) {}

    /** CONDSTORE (RFC 7162), for which James's file has no word, is served unless {@code condstore} says no. */
    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> settings) throws ConfigurationException {
        super.doConfigure(settings);
        processor.configure(ImapConfiguration.builder()
                .isCondstoreEnable(settings.getBoolean("condstore", true))
                .isProvisionDefaultMailboxes(settings.getBoolean("provisionDefaultMailboxes", false))
                .appendLimit(settings.getLong("literalSizeLimit"))
                .disabledCaps(settings.getString("disabledCaps").split("\\|", -1))
                .build());
    }

    @Override
    protected void buildSSLContext() {
        this.encryption = identity;
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
        // Reading is asked for, one command at a time.
        bootstrap.childOption(ChannelOption.AUTO_READ, false);
    }

    @Override
    protected ChannelInboundHandlerAdapter createCoreHandler() {
        return new ImapConversation(getHelloName() + " Therapost", processor, encoder, identity, metrics, throttler);
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        ConnectionLimitUpstreamHandler limit = ConnectionLimitUpstreamHandler.forCount(connectionLimit)
                .orElseThrow(() -> new IllegalStateException("no connection limit"));
        return new AbstractChannelPipelineFactory<>(getFrameHandlerFactory(), getExecutorGroup()) {
            @Override
            protected void initChannel(SocketChannel channel) {
                lay(channel, limit);
            }

            @Override
            protected ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }
        };
    }

    private void lay(Channel channel, ConnectionLimitUpstreamHandler limit) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, limit);
        pipeline.addLast("connectionsPerAddress", limits.perAddress());
        if (!identity.isStartTLS()) {
            pipeline.addLast(NettyConstants.SSL_HANDLER, identity.sslHandler());
        }
        pipeline.addLast(NettyConstants.TIMEOUT_HANDLER, new ImapIdleStateHandler(IDLE));
        pipeline.addLast(NettyConstants.CHUNK_WRITE_HANDLER, new ChunkedWriteHandler());
        pipeline.addLast("cutShort", new TruncatedLiteralHandler());
        pipeline.addLast(
                NettyConstants.REQUEST_DECODER,
                new ImapCommands(
                        decoder,
                        limits.commands(),
                        scheduler::schedule,
                        limits.inFlight().share()));
        pipeline.addLast("greeting", new Greeting(capabilities));
        pipeline.addLast(NettyConstants.CORE_HANDLER, createCoreHandler());
        pipeline.addLast("failedCommands", new FailedCommands());
    }
}
