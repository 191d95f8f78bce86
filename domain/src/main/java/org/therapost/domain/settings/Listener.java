package org.therapost.domain.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where the server accepts connections.
 *
 * @param port 0 for any free port
 */
public record Listener(InetAddress address, int port) {

    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** An IPv4 or IPv6 address; names are never looked up. */
    public static final ValueKind<InetAddress> ADDRESS = ValueKind.of("an IP address", Listener::literal);

    /** A TCP port to listen on; 0 is any free one. */
    public static final ValueKind<Integer> PORT = ValueKind.number(0, 65_535);

    /** For {@code bind}. */
    public InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }

    /**
     * Reads an IPv4 or IPv6 address without asking the DNS.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static InetAddress literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException no) {
            throw new IllegalArgumentException("not an IP address", no);
        }
    }

    /** As in a URL. */
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
