/**
 * Limits that strangers meet: how many connections an address may have, and how many passwords may be tried. What is
 * counted is counted in memory, by account and by network, and forgotten after a while.
 */
@NullMarked
package org.therapost.server.limits;

import org.jspecify.annotations.NullMarked;
