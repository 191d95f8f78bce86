package org.therapost.bench;

import java.net.InetSocketAddress;

/**
 * Where and as whom a mailbox is read over IMAP.
 *
 * @param tls whether the port speaks TLS from the first octet
 * @param folder the mailbox, as IMAP names it
 */
record Reading(InetSocketAddress server, boolean tls, String login, String password, String folder) {

    Reading {
        if (!server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Mailboxes are read on this machine only");
        }
    }
}
