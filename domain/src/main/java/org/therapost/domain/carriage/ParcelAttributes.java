package org.therapost.domain.carriage;

import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;

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

    /** The right of this attempt ({@link ParcelLease}), as text. */
    public static final String HOLD = "therapost.hold";

    /** {@link Parcel.Kind#ours()}: whether it is a letter of ours. */
    public static final String OURS = "therapost.ours";

    /** {@link Parcel.Kind#overtakesFrom()}: ISO-8601 instant in UTC, as text; missing for what never overtakes. */
    public static final String OVERTAKES = "therapost.overtakes";

    /** When it was put off for the first time: ISO-8601 instant in UTC, as text; missing before. */
    public static final String DEFERRED = "therapost.deferred";

    /** When that was for the first time on account of the mail itself: ISO-8601 instant in UTC, as text; missing before. */
    public static final String OF_ITSELF = "therapost.of-itself";

    /** When it began to wait for new servers: ISO-8601 instant in UTC, as text; missing for what never did. */
    public static final String SERVERS_WAITED = "therapost.servers-waited";

    /** Whether later mail may go before it. */
    public static final String ASIDE = "therapost.aside";

    /** Whether the therapist has heard already that it is late. */
    public static final String TOLD = "therapost.told";

    /** Whether the therapist has heard already that later mail goes before it. */
    public static final String TOLD_ASIDE = "therapost.told-aside";

    /** How many attempts, this one included, have begun since one of them came to an end: an integer. */
    public static final String TAKES = "therapost.takes";

    private ParcelAttributes() {}
}
