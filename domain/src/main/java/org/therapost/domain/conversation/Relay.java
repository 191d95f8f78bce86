package org.therapost.domain.conversation;

/** Hands a parcel to the client's mail exchanger. */
public interface Relay {

    /** What came of one attempt. */
    sealed interface Attempt {

        /** The other server has answered 250: it is theirs now. */
        record Delivered() implements Attempt {}

        /**
         * Not now: no connection, no verified TLS, a 4xx, no DNS.
         *
         * @param status the enhanced status code (RFC 3463)
         * @param ofItself whether the server took sender and recipient, and put off this message: at or after DATA
         */
        record Deferred(String status, boolean ofItself) implements Attempt {

            /** The server, or the way to it, puts off whatever comes. */
            public Deferred(String status) {
                this(status, false);
            }
        }

        /**
         * Never: a 5xx, also as its greeting, or no such domain.
         *
         * @param status the enhanced status code (RFC 3463)
         */
        record Refused(String status) implements Attempt {}

        /**
         * All of it was sent, and the answer was lost: it may have arrived (RFC 1047).
         *
         * @param status the enhanced status code (RFC 3463)
         */
        record Unclear(String status) implements Attempt {}
    }

    /** Whether an attempt still may say the word that makes the message the other server's. */
    interface LastLook {

        /** Asked once, when all is sent but the final dot. */
        boolean stillOurs() throws CannotTellException;
    }

    /**
     * Tries once. A parcel for {@link Carriage#TLS} never leaves over a connection whose certificate is not verified.
     *
     * @param lastLook if it says no, or cannot tell, the connection is dropped before the final dot, and the attempt is
     *     {@link Attempt.Deferred}
     */
    Attempt deliver(Parcel parcel, LastLook lastLook);
}
