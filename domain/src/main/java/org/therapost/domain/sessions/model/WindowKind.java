package org.therapost.domain.sessions.model;

/** What a window is for. */
public enum WindowKind {
    /** An appointment at which both write. */
    LIVE,
    /** Messaging hours. */
    HOURS
}
