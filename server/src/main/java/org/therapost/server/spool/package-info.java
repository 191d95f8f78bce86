/**
 * The spool: James's spooler takes parcels out of the queue on PostgreSQL. The processor {@code carriage}
 * carries them; what fails there by a bug is kept, sealed, by the processor {@code error}.
 */
@NullMarked
package org.therapost.server.spool;

import org.jspecify.annotations.NullMarked;
