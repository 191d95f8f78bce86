package org.therapost.domain.carriage;

import java.time.Instant;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.people.Client;

/** A note to a therapist about their answers. */
public sealed interface CarriageNote {

    /** The thread that it is about. */
    ClientThread thread();

    /** It waits, since there is no way to the client now. */
    record Waiting(ClientThread thread, Instant writtenAt, Why why) implements CarriageNote {

        /** Why there is none. */
        public enum Why {
            /** The client has neither a key on file nor a consent recorded. */
            NO_WAY,
            /** Nothing can be encrypted to the client's key any more: it was revoked, or has expired. */
            KEY_ENDED,
            /** The client has a key that the therapist has not confirmed. */
            KEY_WAITS
        }

        public static Why why(Client client) {
            return switch (client.keyStatus()) {
                case PENDING, HELD_BACK -> Why.KEY_WAITS;
                case NONE -> Why.NO_WAY;
                case NOT_COMPARED, COMPARED, CHANGED -> Why.KEY_ENDED;
            };
        }
    }

    /** The client's mail server has not taken it yet; we keep trying. */
    record Delayed(ClientThread thread, Instant nextTry) implements CarriageNote {}

    /**
     * The client's mail server takes other messages, but not yet this one: later ones go before it.
     *
     * @param status the enhanced status code (RFC 3463)
     */
    record SetAside(ClientThread thread, String status, Instant nextTry) implements CarriageNote {}

    /**
     * It waits: the client's domain names other exchangers than those that are pinned.
     *
     * @param exchangers those that it names now
     */
    record NewServers(ClientThread thread, MailExchangers exchangers) implements CarriageNote {}

    /**
     * Nothing waits: the client's domain names other exchangers beside those that are pinned.
     *
     * @param exchangers all that it names now
     */
    record ServersBeside(ClientThread thread, MailExchangers exchangers) implements CarriageNote {}

    /**
     * It is not tried again.
     *
     * @param status the enhanced status code (RFC 3463), such as {@code 5.1.1}; no text of the other server
     */
    record Undeliverable(ClientThread thread, String status) implements CarriageNote {}

    /**
     * Another mail server, which had taken it, reports what became of it.
     *
     * @param failed whether it will not arrive; else it has not arrived yet
     * @param status the enhanced status code (RFC 3463); no text of the other server
     * @param proved whether the report came to the address that only this message had
     */
    record Reported(ClientThread thread, boolean failed, String status, boolean proved) implements CarriageNote {}

    /** No answer and no letter can go to the client: their mailbox was entered in a form that is refused now. */
    record Unreachable(ClientThread thread) implements CarriageNote {}

    /** It was damaged in the queue and is not sent. */
    record Damaged(ClientThread thread) implements CarriageNote {}
}
