/** Parcels on their way to clients, from the whole server. */
@NullMarked
package org.therapost.server.endtoend.carriage;

import org.jspecify.annotations.NullMarked;
