package org.therapost.domain.conversation;

import java.util.UUID;

/**
 * The right of one delivery attempt to a parcel. Another attempt may take the parcel when the right has run out; what the
 * first one says of it then has no effect.
 *
 * @param right random, new for every attempt
 */
public record ParcelHold(ParcelId parcel, UUID right) {}
