package org.therapost.domain.conversation;

/**
 * Names of the attributes that a parcel carries through the mail queue. The queue entry's own name is the
 * {@link ParcelId}; its sender, recipient and content are the parcel's.
 */
public final class ParcelAttributes {

    /** The {@link ThreadId}, as text. */
    public static final String THREAD = "therapost.thread";

    /** The {@link Carriage}, by its constant's name. */
    public static final String CARRIAGE = "therapost.carriage";

    /** When the parcel was posted: ISO-8601 instant in UTC, as text. */
    public static final String POSTED = "therapost.posted";

    private ParcelAttributes() {}
}
