package org.therapost.bench.load;

import java.net.InetSocketAddress;

/** Where a load goes: the server's SMTP port, who writes, and to whom. */
public record LoadTarget(InetSocketAddress server, String sender, String recipient) {

    public LoadTarget {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("A load is sent to this machine only");
        }
    }
}
