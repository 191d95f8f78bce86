package org.therapost.server.process;

import java.net.InetSocketAddress;

/** Where a running server really listens. */
public record ListeningAddresses(
        InetSocketAddress smtp,
        InetSocketAddress submission,
        InetSocketAddress submissions,
        InetSocketAddress imap,
        InetSocketAddress imaps,
        InetSocketAddress administration) {

    /** All on one line, for people and programs that wait for it. */
    @Override
    public String toString() {
        return "smtp=" + text(smtp) + " submission=" + text(submission) + " submissions=" + text(submissions) + " imap="
                + text(imap) + " imaps=" + text(imaps) + " admin=" + text(administration);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
