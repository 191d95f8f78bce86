package org.therapost.protocols.smtp;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.therapost.protocols.limits.ConnectionsPerAddress;
import org.therapost.protocols.limits.OctetsInFlight;

/**
 * What strangers meet.
 *
 * @param inFlight shared by everything that gathers
 * @param perAddress shared by all listeners
 * @param errors refused commands after which a connection is closed
 * @param checksAtATime how many senders are checked at the same time
 */
public record SmtpLimits(OctetsInFlight inFlight, ConnectionsPerAddress perAddress, int errors, int checksAtATime) {

    /**
     * The limits that an operator has set.
     *
     * @param trusted addresses from which any number of connections may come
     * @param checksAtATime how many senders are checked at the same time
     */
    public static SmtpLimits of(
            SmtpSettings settings, OctetsInFlight inFlight, Predicate<InetAddress> trusted, int checksAtATime) {
        return new SmtpLimits(
                inFlight, new ConnectionsPerAddress(settings.perAddress(), trusted), settings.errors(), checksAtATime);
    }
}
