package org.therapost.bench;

import java.net.InetSocketAddress;

/** Where a load goes: the server's SMTP port, who writes, and to whom. */
record Envelope(InetSocketAddress server, String sender, String recipient) {

    Envelope {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("A load is sent to this machine only");
        }
    }
}
