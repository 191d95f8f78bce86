/**
 * OpenPGP packets: session keys, key packets, data packets (RFC 9580 sections 5.1 and 5.13), and
 * ASCII armor.
 */
@NullMarked
package org.therapost.openpgp.packets;

import org.jspecify.annotations.NullMarked;
