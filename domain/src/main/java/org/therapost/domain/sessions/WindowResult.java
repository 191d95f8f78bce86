package org.therapost.domain.sessions;

/** What became of a closed window. */
public enum WindowResult {
    HELD_OK,
    CLIENT_ABSENT,
    THERAPIST_ABSENT,
    /** The gateway was down all the while; nobody was absent. */
    OUTAGE
}
