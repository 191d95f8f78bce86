package org.therapost.domain.carriage;

import java.util.UUID;
import org.therapost.domain.conversation.ParcelId;

/**
 * The lease of one delivery attempt on a parcel. When it has run out, another attempt may take the parcel,
 * and changes by the first one have no effect.
 *
 * @param right random, new for every attempt
 */
public record ParcelLease(ParcelId parcel, UUID right) {}
