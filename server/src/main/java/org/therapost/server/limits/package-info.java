/**
 * Limits against strangers: how many connections an address may have, how many passwords somebody
 * may try, and how many octets of large messages may be in memory at once. Wrong passwords are
 * counted in memory, for each account and each network, and are forgotten after a while.
 */
@NullMarked
package org.therapost.server.limits;

import org.jspecify.annotations.NullMarked;
