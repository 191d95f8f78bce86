package org.therapost.mailets.relay;

/** A host by name or address, and a TCP port. */
public record HostAndPort(String host, int port) {

    public HostAndPort {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a host and port");
        }
    }
}
