package org.therapost.domain.conversation;

import java.util.UUID;

/** Names one parcel; safe to log. */
public record ParcelId(UUID value) {}
