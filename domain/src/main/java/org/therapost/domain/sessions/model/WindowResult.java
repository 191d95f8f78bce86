package org.therapost.domain.sessions.model;

/** What became of a closed window. */
public enum WindowResult {
    HELD_OK,
    CLIENT_ABSENT,
    THERAPIST_ABSENT,
    /** No server process ran during the window; nobody was absent. */
    OUTAGE
}
