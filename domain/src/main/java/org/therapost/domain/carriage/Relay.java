package org.therapost.domain.carriage;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.exchangers.NewExchangers;

/** Hands a parcel to the client's mail exchanger. */
public interface Relay {

    /** What came of one attempt. */
    sealed interface Attempt {

        /** The other server answered 250 and is responsible for the parcel now. */
        record Delivered() implements Attempt {}

        /**
         * Not now: no connection, no verified TLS, a 4xx, no DNS.
         *
         * @param status the enhanced status code (RFC 3463)
         * @param ofItself whether the server accepted sender and recipient, and deferred this message at or
         *     after DATA
         */
        record Deferred(String status, boolean ofItself) implements Attempt {

            /** The server, or the connection to it, defers all mail. */
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
         * The whole message was sent, and the reply was lost: the message may have arrived (RFC 1047).
         *
         * @param status the enhanced status code (RFC 3463)
         */
        record Unclear(String status) implements Attempt {}

        /**
         * Nothing was sent: the client's domain names other exchangers than those that are pinned, and DNS alone does not
         * make them the client's.
         */
        record NewServers(NewExchangers exchangers) implements Attempt {}
    }

    /** Whether an attempt may still send the final dot. */
    interface LastLook {

        /** Asked once, when everything is sent except the final dot. */
        boolean stillOurs() throws CannotTellException;
    }

    /**
     * Tries once. A parcel for {@link Carriage#TLS} goes to exchangers only that are known as the client's, and never
     * over a connection whose certificate is not verified.
     *
     * @param lastLook if it says no, or cannot tell, the connection is closed before the final dot, and the
     *     result is {@link Attempt.Deferred}
     */
    Attempt deliver(Parcel parcel, LastLook lastLook);
}
