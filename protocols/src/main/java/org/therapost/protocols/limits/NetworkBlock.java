package org.therapost.protocols.limits;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where somebody is, as coarse as addresses are handed out.
 *
 * @param prefix the first octets of the address in hexadecimal, and how many bits they are
 */
public record NetworkBlock(String prefix) {

    private static final int IPV4 = 4;
    private static final int IPV6_SITE = 8;

    /** The neighbours of an address: its /24, or its /64 in IPv6. */
    public static NetworkBlock around(InetAddress address) {
        return of(address, address.getAddress().length == IPV4 ? IPV4 - 1 : IPV6_SITE);
    }

    /** One customer: the address itself, or its /64 in IPv6, of which everybody has one or more. */
    public static NetworkBlock customer(InetAddress address) {
        return of(address, address.getAddress().length == IPV4 ? IPV4 : IPV6_SITE);
    }

    private static NetworkBlock of(InetAddress address, int octets) {
        return new NetworkBlock(HexFormat.of().formatHex(address.getAddress(), 0, octets) + "/" + octets * Byte.SIZE);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
