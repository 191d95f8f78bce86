package org.therapost.server.smtp;

import org.therapost.server.limits.ConnectionsPerAddress;
import org.therapost.server.limits.OctetsInFlight;

/**
 * What strangers meet.
 *
 * @param inFlight shared by everything that gathers
 * @param perAddress shared by all listeners
 * @param errors refused commands after which a connection is closed
 */
public record SmtpLimits(OctetsInFlight inFlight, ConnectionsPerAddress perAddress, int errors) {}
