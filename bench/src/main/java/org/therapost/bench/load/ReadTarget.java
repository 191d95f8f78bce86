package org.therapost.bench.load;

import java.net.InetSocketAddress;

/**
 * Where and as whom a mailbox is read over IMAP.
 *
 * @param tls whether the port speaks TLS from the first octet
 * @param folder the mailbox, as IMAP names it
 */
public record ReadTarget(InetSocketAddress server, boolean tls, String login, String password, String folder) {

    public ReadTarget {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Mailboxes are read on this machine only");
        }
    }
}
