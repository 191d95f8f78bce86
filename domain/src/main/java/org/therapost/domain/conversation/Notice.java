package org.therapost.domain.conversation;

import java.time.Instant;

/** What we tell a therapist about one of their answers. */
public sealed interface Notice {

    /** The thread whose answer it is about. */
    ClientThread thread();

    /** It waits: the client has neither a key on file nor a consent recorded. */
    record Waiting(ClientThread thread, Instant writtenAt) implements Notice {}

    /** The client's mail server has not taken it yet; we keep trying. */
    record Delayed(ClientThread thread, Instant nextTry) implements Notice {}

    /**
     * It was given up.
     *
     * @param status the enhanced status code (RFC 3463), such as {@code 5.1.1}; no text of the other server
     */
    record Undeliverable(ClientThread thread, String status) implements Notice {}
}
