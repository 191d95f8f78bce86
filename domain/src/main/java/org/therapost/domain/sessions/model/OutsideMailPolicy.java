package org.therapost.domain.sessions.model;

/** What becomes of client mail outside a window. */
public enum OutsideMailPolicy {
    /** Delivered at once. */
    DELIVER,
    /** Sealed and kept until the next open. */
    HOLD,
    /** Not passed on; the client is told, and it is erased after a day. */
    RETURN
}
