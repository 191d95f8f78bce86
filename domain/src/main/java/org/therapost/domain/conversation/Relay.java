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
         */
        record Deferred(String status) implements Attempt {}

        /**
         * Never: a 5xx, or no such domain.
         *
         * @param status the enhanced status code (RFC 3463)
         */
        record Refused(String status) implements Attempt {}
    }

    /** Tries once. A parcel for {@link Carriage#TLS} never leaves over a connection whose certificate is not verified. */
    Attempt deliver(Parcel parcel);
}
