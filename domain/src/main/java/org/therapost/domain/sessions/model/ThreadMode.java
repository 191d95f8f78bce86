package org.therapost.domain.sessions.model;

/** How a thread is worked in. */
public enum ThreadMode {
    /** Write when you like, answered by an agreed day. */
    ASYNCHRONOUS,
    /** An agreed hour, answers within seconds. */
    LIVE,
    /** Near real time, in agreed hours. */
    MESSAGING
}
