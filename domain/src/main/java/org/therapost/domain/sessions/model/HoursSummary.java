package org.therapost.domain.sessions.model;

/** How often the therapist hears what was written in messaging hours. */
public enum HoursSummary {
    NEVER,
    /** On Monday morning about the week before, if anything was written. */
    WEEKLY
}
