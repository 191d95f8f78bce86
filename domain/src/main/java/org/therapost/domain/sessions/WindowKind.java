package org.therapost.domain.sessions;

/** What a window is for. */
public enum WindowKind {
    /** An appointment at which both write. */
    LIVE,
    /** Messaging hours. */
    HOURS
}
