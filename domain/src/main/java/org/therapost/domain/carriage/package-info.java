/**
 * Carriage: how a posted parcel reaches the client's mail server. An attempt has a lease on its
 * parcel; it is delivered, deferred or refused, and the therapist is told what needs telling.
 * Reports of other mail servers about parcels that left are read here, too.
 */
@NullMarked
package org.therapost.domain.carriage;

import org.jspecify.annotations.NullMarked;
