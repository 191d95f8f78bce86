package org.therapost.mailets.authentication;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/** Networks whose word about {@code From:} is taken; none by default. */
public final class TrustedNetworks {

    /** Nobody is trusted. */
    public static final TrustedNetworks NONE = new TrustedNetworks(List.of());

    private record Network(byte[] address, int prefix) {

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int host = address.length * Byte.SIZE - prefix;
            return new BigInteger(1, address).shiftRight(host).equals(new BigInteger(1, other).shiftRight(host));
        }
    }

    private final List<Network> networks;

    private TrustedNetworks(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads networks.
     *
     * @param cidrs such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}; an address alone means just that host
     * @throws IllegalArgumentException if one is neither; the text quotes it
     */
    public static TrustedNetworks of(List<String> cidrs) {
        return new TrustedNetworks(cidrs.stream().map(TrustedNetworks::network).toList());
    }

    /** Whether an address is inside one of them. */
    public boolean contains(InetAddress peer) {
        byte[] address = peer.getAddress();
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Network network(String cidr) {
        int slash = cidr.indexOf('/');
        String host = slash < 0 ? cidr : cidr.substring(0, slash);
        if (!InetAddresses.isInetAddress(host)) {
            throw new IllegalArgumentException("not a network: " + cidr);
        }
        byte[] address = InetAddresses.forString(host).getAddress();
        int bits = address.length * Byte.SIZE;
        try {
            int prefix = slash < 0 ? bits : Integer.parseInt(cidr.substring(slash + 1));
            if (prefix >= 0 && prefix <= bits) {
                return new Network(address, prefix);
            }
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("not a network: " + cidr, notNumber);
        }
        throw new IllegalArgumentException("not a network: " + cidr);
    }
}
