/**
 * The spool: James's spooler takes parcels out of the queue on PostgreSQL. The processor {@code
 * root} carries them. The processor {@code error} keeps, sealed, what failed there because of a
 * bug.
 */
@NullMarked
package org.therapost.server.spool;

import org.jspecify.annotations.NullMarked;
