/**
 * Limits that strangers meet: how many connections an address may have, and how many passwords may be tried;
 * those are counted in memory, by account and by network, and forgotten after a while. And how many octets everybody
 * together may have on the way in.
 */
@NullMarked
package org.therapost.server.limits;

import org.jspecify.annotations.NullMarked;
