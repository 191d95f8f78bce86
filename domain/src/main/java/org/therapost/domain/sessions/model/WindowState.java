package org.therapost.domain.sessions.model;

/** The states of a window. They only go forward: a clock that is set back reopens nothing. */
public enum WindowState {
    /** Invited; the client has not accepted. */
    PROPOSED,
    /** Accepted by the client. */
    CONFIRMED,
    OPEN,
    /** After the end; what the client still sends is delivered, and marked. */
    GRACE,
    CLOSED,
    CANCELLED,
    /** Replaced by a window of the same key. */
    SUPERSEDED;

    /** Whether nothing can happen to it any more. */
    public boolean ended() {
        return this == CLOSED || this == CANCELLED || this == SUPERSEDED;
    }
}
