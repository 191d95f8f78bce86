package org.therapost.server.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads IP addresses; names are never looked up. */
final class IpAddress {

    private IpAddress() {}

    /**
     * Reads an IPv4 or IPv6 address.
     *
     * @throws IllegalArgumentException if it is none
     */
    static InetAddress of(String text) {
        if (!text.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException no) {
            throw new IllegalArgumentException("not an IP address", no);
        }
    }
}
