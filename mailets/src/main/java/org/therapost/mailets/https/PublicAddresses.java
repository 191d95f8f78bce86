package org.therapost.mailets.https;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are on the public internet (RFC 6890 and its registries): a name that a stranger publishes must not lead to a
 * machine behind our own firewall.
 */
final class PublicAddresses {

    /** A network by its first octets and the number of bits that count. */
    private record Network(int bits, int... octets) {

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                int expected = bit / 8 < octets.length ? octets[bit / 8] : 0;
                if ((address[bit / 8] & mask) != (expected & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Network> NOT_PUBLIC_4 = List.of(
            new Network(8, 0),
            new Network(8, 10),
            new Network(10, 100, 64),
            new Network(8, 127),
            new Network(16, 169, 254),
            new Network(12, 172, 16),
            new Network(24, 192, 0, 0),
            new Network(24, 192, 0, 2),
            new Network(24, 192, 88, 99),
            new Network(16, 192, 168),
            new Network(15, 198, 18),
            new Network(24, 198, 51, 100),
            new Network(24, 203, 0, 113),
            new Network(4, 224),
            new Network(4, 240));

    private static final Network GLOBAL_UNICAST = new Network(3, 0x20);

    private static final List<Network> NOT_PUBLIC_6 = List.of(
            // Protocol assignments, Teredo among them; documentation; 6to4, which has an IPv4 address inside.
            new Network(23, 0x20, 0x01),
            new Network(32, 0x20, 0x01, 0x0d, 0xb8),
            new Network(16, 0x20, 0x02),
            new Network(20, 0x3f, 0xff));

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] octets = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(network -> network.contains(octets))
                : GLOBAL_UNICAST.contains(octets)
                        && NOT_PUBLIC_6.stream().noneMatch(network -> network.contains(octets));
    }
}
