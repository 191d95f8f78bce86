/**
 * The spool: James's spooler takes parcels out of the queue on PostgreSQL. Processor {@code root} carries them; what fails
 * there by a bug is kept, sealed, by processor {@code error}.
 */
@NullMarked
package org.therapost.server.spool;

import org.jspecify.annotations.NullMarked;
