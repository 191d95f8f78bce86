package org.therapost.domain.sessions;

/** What becomes of client mail outside a window. */
public enum Policy {
    /** Delivered at once. */
    DELIVER,
    /** Sealed and kept until the next open. */
    HOLD,
    /** Not passed on; the client is told, and it is erased after a day. */
    RETURN
}
