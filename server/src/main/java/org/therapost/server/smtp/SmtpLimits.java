package org.therapost.server.smtp;

import org.therapost.server.limits.ConnectionsPerAddress;

/**
 * What strangers meet.
 *
 * @param perAddress shared by all listeners
 * @param errors refused commands after which a connection is closed
 */
public record SmtpLimits(ConnectionsPerAddress perAddress, int errors) {}
