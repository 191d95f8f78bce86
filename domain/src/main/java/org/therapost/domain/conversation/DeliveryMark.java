package org.therapost.domain.conversation;

/** How a message stands to the agreed times, as a keyword the therapist's program can show. */
public enum DeliveryMark {
    NONE,
    /** Written during the grace after the end. */
    AFTER_THE_END,
    /** Delivered though its time has not come. */
    OUT_OF_TURN
}
