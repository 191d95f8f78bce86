package org.therapost.domain.sessions;

/** How a thread is worked in. */
public enum Mode {
    /** Write when you like, answered by an agreed day. */
    ASYNCHRONOUS,
    /** An agreed hour, answers within seconds. */
    LIVE,
    /** Near real time, in agreed hours. */
    MESSAGING
}
