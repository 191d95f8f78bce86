package org.therapost.server.smtp;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.therapost.server.limits.ConnectionsPerAddress;
import org.therapost.server.limits.OctetsInFlight;

/**
 * What strangers meet.
 *
 * @param inFlight shared by everything that gathers
 * @param perAddress shared by all listeners
 * @param errors refused commands after which a connection is closed
 */
public record SmtpLimits(OctetsInFlight inFlight, ConnectionsPerAddress perAddress, int errors) {

    /**
     * The limits that an operator has set.
     *
     * @param trusted addresses from which any number of connections may come
     */
    public static SmtpLimits of(SmtpSettings settings, OctetsInFlight inFlight, Predicate<InetAddress> trusted) {
        return new SmtpLimits(inFlight, new ConnectionsPerAddress(settings.perAddress(), trusted), settings.errors());
    }
}
