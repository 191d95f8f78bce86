package org.therapost.mailets.filters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * A program that is asked about a mail over a socket. It has no time limit of its own: who runs filters interrupts them, and that
 * closes the channel.
 */
final class Scanner {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]]+)\\]?:([0-9]{1,5})");

    // Longer answers are none of ours.
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final SocketAddress address;

    private Scanner(SocketAddress address) {
        this.address = address;
    }

    /**
     * Reads {@code 127.0.0.1:3310}, {@code [::1]:3310} or the path of a Unix socket.
     *
     * @param name of the setting, for the message
     */
    static Scanner of(String name, String text) throws MessagingException {
        if (text.startsWith("/")) {
            return new Scanner(UnixDomainSocketAddress.of(text));
        }
        Matcher parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw new MessagingException("<" + name
                    + ">: expected an address and a port, such as 127.0.0.1:3310, or the path of a Unix socket");
        }
        return new Scanner(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))));
    }

    /**
     * Says something and hears the whole answer.
     *
     * @param parts what to say, one after another
     */
    byte[] ask(List<ByteBuffer> parts) throws MessagingException {
        // The name is resolved anew each time: a container may have moved.
        SocketAddress now = address instanceof InetSocketAddress internet
                ? new InetSocketAddress(internet.getHostString(), internet.getPort())
                : address;
        try (SocketChannel channel = SocketChannel.open(now)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer octets = ByteBuffer.allocate(4096);
            while (channel.read(octets) >= 0) {
                answer.write(octets.array(), 0, octets.position());
                octets.clear();
                if (answer.size() > LONGEST_ANSWER) {
                    throw new MessagingException("the answer is too long");
                }
            }
            return answer.toByteArray();
        } catch (IOException | RuntimeException away) {
            // Without cause: what mailets throw may end up in logs.
            throw new MessagingException(
                    "the scanner does not answer: " + away.getClass().getSimpleName());
        }
    }

    /** The octets of a message: as it arrived, unless a filter before has changed it. */
    static byte[] octets(MimeMessage message) throws MessagingException {
        try {
            if (message instanceof MimeMessageWrapper wrapper) {
                try (InputStream octets = wrapper.getMessageInputStream()) {
                    return octets.readAllBytes();
                }
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toByteArray();
        } catch (IOException broken) {
            throw new MessagingException("the message could not be read");
        }
    }
}
