package org.therapost.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.therapost.domain.hostile.HostileOctets;
import org.therapost.protocols.limits.OctetsInFlight;

/** What a stranger's program sends on port 25, cut into packets of any size. */
class HostileSmtpTest {

    private static final int LONGEST_DATA = 4096;
    private static final List<String> WORDS = List.of(
            "EHLO x\r\n",
            "MAIL FROM:<a@b.example>\r\n",
            "DATA\r\n",
            ".\r\n",
            "\r\n.\r\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "..\r\n",
            "STARTTLS\r\n",
            "QUIT\r\n",
            "x".repeat(3000));

    @Provide
    Arbitrary<byte[]> conversation() {
        return HostileOctets.near(
                List.of(
                        octets("EHLO x\r\n"
                                + "MAIL FROM:<a@b.example>\r\n"
                                + "RCPT TO:<c@d.example>\r\n"
                                + "DATA\r\n"
                                + "Subject: x\r\n\r\n"
                                + "Hello\r\n"
                                + "..dot\r\n"
                                + ".\r\n"
                                + "QUIT\r\n"),
                        octets("DATA\r\n.\r\nDATA\r\n\r\n.\r\nNOOP\r\n"),
                        octets("DATA\r\n" + ("x".repeat(900) + "\r\n").repeat(20) + ".\r\nQUIT\r\n")),
                WORDS);
    }

    @Property(seed = "1")
    void the_packets_in_which_it_comes_change_nothing(
            @ForAll("conversation") byte[] octets,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 700) Integer> packets) {
        assertThat(understood(octets, packets)).isEqualTo(understood(octets, List.of()));
    }

    /** Only CRLF . CRLF ends a message: what a stranger puts between is for nobody to read as a command (CVE-2023-51764). */
    @Property(seed = "2")
    void no_message_ends_but_by_a_dot_between_two_line_ends(@ForAll("conversation") byte[] octets) {
        byte[] message = new Peer(octets("DATA\r\n"), octets, List.of())
                .messages.stream().findFirst().orElse(new byte[0]);
        String text = "\r\n" + new String(octets, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n.\r\n");
        if (end >= 0) {
            assertThat(new String(message, StandardCharsets.ISO_8859_1)).isEqualTo(text.substring(2, end + 2));
        } else {
            assertThat(message).isEmpty();
        }
    }

    private static List<String> understood(byte[] octets, List<Integer> packets) {
        List<String> understood = new Peer(new byte[0], octets, packets).understood;
        // What comes in one packet with STARTTLS is thrown away, on purpose; what comes after it is for TLS.
        for (int i = 0; i < understood.size(); i++) {
            if (understood.get(i).strip().toUpperCase(Locale.ROOT).startsWith("STARTTLS")) {
                return understood.subList(0, i + 1);
            }
        }
        return understood;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Talks to the frames, and notes what they understood. A message is one entry, however many frames it took. */
    private static final class Peer {

        final List<String> understood = new ArrayList<>();
        final List<byte[]> messages = new ArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final SmtpFrames frames =
                new SmtpFrames(LONGEST_DATA, OctetsInFlight.inHalfOfTheHeap().share());

        Peer(byte[] before, byte[] octets, List<Integer> packets) {
            EmbeddedChannel channel = new EmbeddedChannel(frames, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object frame) {
                    note((SmtpFrames.Frame) frame);
                    frames.answered();
                }
            });
            channel.writeInbound(Unpooled.wrappedBuffer(before));
            int at = 0;
            for (int size : packets) {
                int to = Math.min(octets.length, at + size);
                channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(octets, at, to)));
                at = to;
            }
            channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(octets, at, octets.length)));
            assertThat(channel.finish()).as("left over in the channel").isFalse();
        }

        private void note(SmtpFrames.Frame frame) {
            switch (frame.kind()) {
                case DATA -> message.writeBytes(frame.octets());
                case END_OF_DATA -> {
                    messages.add(message.toByteArray());
                    understood.add("message " + message.toString(StandardCharsets.ISO_8859_1));
                    message.reset();
                }
                case COMMAND -> {
                    String command = new String(frame.octets(), StandardCharsets.ISO_8859_1);
                    understood.add(command);
                    if (command.strip().toUpperCase(Locale.ROOT).equals("DATA")) {
                        frames.receiveData();
                    }
                }
                case NO_ROOM, TOO_LONG -> understood.add(frame.kind().toString());
            }
        }
    }
}
