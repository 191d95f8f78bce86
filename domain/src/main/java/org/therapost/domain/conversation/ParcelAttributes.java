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

    /** When this attempt began, by the database's clock: ISO-8601 instant in UTC, as text. */
    public static final String TAKEN = "therapost.taken";

    /** The right of this attempt ({@link ParcelHold}), as text. */
    public static final String HOLD = "therapost.hold";

    /** Whether the therapist has heard already that it is late. */
    public static final String TOLD = "therapost.told";

    /** How many attempts, this one included, have begun since one of them came to an end: an integer. */
    public static final String TAKES = "therapost.takes";

    private ParcelAttributes() {}
}
