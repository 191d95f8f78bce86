package org.therapost.domain.sessions;

/** What a window is for. */
public enum WindowKind {
    /** A synchronous session. */
    LIVE,
    /** Messaging hours. */
    HOURS
}
