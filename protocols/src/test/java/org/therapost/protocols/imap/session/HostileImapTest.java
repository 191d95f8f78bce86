package org.therapost.protocols.imap.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.domain.hostile.HostileOctets;
import org.therapost.protocols.imap.CorrectedParsers;
import org.therapost.protocols.limits.OctetsInFlight;

/** What a stranger's program sends on port 143, cut into packets of any size. */
class HostileImapTest {

    private static final CommandLimits LIMITS = new CommandLimits(2000, 5000, 20_000);
    private static final List<String> WORDS = List.of(
            "a LOGIN ",
            "{3}\r\n",
            "{3+}\r\n",
            "{-1}\r\n",
            "{4294967296+}\r\n",
            "{99999999+}\r\n",
            "~{1}\r\n",
            "UID ",
            "FETCH 1:* ",
            "BODY[1.2.HEADER.FIELDS (",
            "&AOk-",
            "&",
            "OR NOT ",
            "((((((((",
            "NIL",
            "*",
            "1:4294967295",
            "STARTTLS\r\n",
            "IDLE\r\n",
            "DONE\r\n",
            "AUTHENTICATE PLAIN\r\n");

    @Provide
    Arbitrary<byte[]> conversation() {
        return HostileOctets.near(
                List.of(
                        octets("a CAPABILITY\r\nb LOGIN bloom@practice.example \"a password\"\r\nc LOGOUT\r\n"),
                        octets("a LOGIN {5+}\r\nbloom {3}\r\nabc\r\nb NOOP\r\n"),
                        octets("a SELECT INBOX\r\n"
                                + "b UID FETCH 1:*,7 (FLAGS BODY.PEEK[HEADER.FIELDS (From To)]<0.100>)\r\n"
                                + "c UID SEARCH CHARSET UTF-8 OR SUBJECT {3+}\r\n"
                                + "abc NOT (SEEN SINCE 1-Feb-2026)\r\n"
                                + "d STORE 1 +FLAGS.SILENT (\\Seen $x)\r\n"
                                + "e LIST \"\" (% INBOX)\r\n"),
                        octets("a APPEND Drafts (\\Draft) \" 1-Feb-2026 10:00:00 +0000\" {7+}\r\n"
                                + "Subject\r\n"
                                + "b CREATE &AOk-\r\n")),
                WORDS);
    }

    @Property(seed = "1")
    void the_packets_in_which_it_comes_change_nothing(
            @ForAll("conversation") byte[] octets,
            @ForAll Begun begun,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 300) Integer> packets) {
        assertThat(understood(octets, begun, packets)).isEqualTo(understood(octets, begun, List.of()));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The commands that were understood and all that was answered, in order. */
    private static List<String> understood(byte[] octets, Begun begun, List<Integer> packets) {
        List<String> understood = new ArrayList<>();
        ImapCommands commands = new ImapCommands(
                CorrectedParsers.decoder(),
                LIMITS,
                Runnable::run,
                OctetsInFlight.inHalfOfTheHeap().share());
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session(channel, begun));
        channel.pipeline().addLast(commands, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                answers(channel, understood);
                understood.add(described((ImapMessage) message));
                ctx.executor().execute(() -> commands.next(ctx.pipeline().context(ImapCommands.class)));
            }
        });
        int at = 0;
        for (int size : packets) {
            int to = Math.min(octets.length, at + size);
            arrive(channel, Arrays.copyOfRange(octets, at, to));
            at = to;
        }
        arrive(channel, Arrays.copyOfRange(octets, at, octets.length));
        answers(channel, understood);
        channel.finishAndReleaseAll();
        return beforeTls(understood);
    }

    @SuppressWarnings("NullAway") // no test speaks TLS
    private static ImapSession session(EmbeddedChannel channel, Begun begun) {
        Encryption none = null;
        ImapSession session = new TherapostImapSession(channel, none, ImapSession.SessionId.generate());
        if (begun == Begun.AFTER_LOGIN) {
            session.authenticated();
        }
        return session;
    }

    private static String described(ImapMessage message) {
        // Some of James's say where in memory they are.
        return message instanceof ImapRequest request
                ? request.getTag().asString() + " " + request.toString().replaceAll("@[0-9a-f]{1,8}\\b", "")
                : message.getClass().getSimpleName();
    }

    /** What comes in one packet with STARTTLS is thrown away, on purpose; what comes after it is for TLS. */
    private static List<String> beforeTls(List<String> understood) {
        for (int i = 0; i < understood.size(); i++) {
            if (understood.get(i).contains("StartTLSRequest")) {
                return understood.subList(0, i + 1);
            }
        }
        return understood;
    }

    private static void arrive(EmbeddedChannel channel, byte[] packet) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(packet));
        }
    }

    private static void answers(EmbeddedChannel channel, List<String> understood) {
        for (ByteBuf answer = channel.readOutbound(); answer != null; answer = channel.readOutbound()) {
            understood.add(answer.toString(StandardCharsets.ISO_8859_1));
            answer.release();
        }
    }

    /** A stranger can only do so much; a therapist's program that went mad can do more. */
    enum Begun {
        BEFORE_LOGIN,
        AFTER_LOGIN
    }
}
