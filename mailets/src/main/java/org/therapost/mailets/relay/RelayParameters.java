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
 * @param patience how long we wait
 * @param trust whose certificates verify a host: the operating system's, unless in a test
 */
public record RelayParameters(
        Optional<HostAndPort> smarthost, int port, String helo, Patience patience, SSLContext trust) {

    /**
     * How long we wait.
     *
     * @param connecting for a connection
     * @param answering for each answer
     * @param overall for one attempt over all hosts, up to the final dot
     */
    public record Patience(Duration connecting, Duration answering, Duration overall) {}

    private static final int SMTP = 25;
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    // RFC 5321 section 4.5.3.2.6 allows ten minutes for the last answer; most need seconds.
    private static final Duration ANSWERING = Duration.ofMinutes(5);

    // The sum of RFC 5321 section 4.5.3.2 for one host and a message of the largest size over a slow line. Who spins
    // out every
    // line (a tarpit) holds one of few attempts for no longer than that.
    private static final Duration OVERALL = Duration.ofMinutes(30);

    /** Port 25, usual patience. */
    public static RelayParameters of(Optional<HostAndPort> smarthost, String helo, SSLContext trust) {
        return of(smarthost, SMTP, helo, trust);
    }

    /** Usual patience. */
    public static RelayParameters of(Optional<HostAndPort> smarthost, int port, String helo, SSLContext trust) {
        return new RelayParameters(smarthost, port, helo, new Patience(CONNECTING, ANSWERING, OVERALL), trust);
    }
}
