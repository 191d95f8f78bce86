package org.therapost.domain.conversation;

import java.util.UUID;

/**
 * The lease of one delivery attempt on a parcel. When it has run out, another attempt may take the parcel,
 * and changes by the first one have no effect.
 *
 * @param right random, new for every attempt
 */
public record ParcelHold(ParcelId parcel, UUID right) {}
