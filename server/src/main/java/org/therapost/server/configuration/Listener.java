package org.therapost.server.configuration;

/**
 * Where a listener accepts connections.
 *
 * @param address a literal IP address
 * @param port 0 for any free port
 */
public record Listener(String address, int port) {

    @Override
    public String toString() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
