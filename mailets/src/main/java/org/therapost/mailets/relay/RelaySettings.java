package org.therapost.mailets.relay;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How parcels leave.
 *
 * @param smarthost the one server that takes everything; empty to deliver by MX
 * @param port the port of mail exchangers: 25, unless in a test
 * @param helo the name by which we introduce ourselves
 * @param connecting how long to wait for a connection
 * @param answering how long to wait for each answer
 * @param trust whose certificates verify a host: the operating system's, unless in a test
 */
public record RelaySettings(
        Optional<HostAndPort> smarthost,
        int port,
        String helo,
        Duration connecting,
        Duration answering,
        SSLContext trust) {

    private static final int SMTP = 25;
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    // RFC 5321 section 4.5.3.2.6 allows ten minutes for the last answer; most need seconds.
    private static final Duration ANSWERING = Duration.ofMinutes(5);

    /** Port 25, usual patience. */
    public static RelaySettings of(Optional<HostAndPort> smarthost, String helo, SSLContext trust) {
        return new RelaySettings(smarthost, SMTP, helo, CONNECTING, ANSWERING, trust);
    }
}
