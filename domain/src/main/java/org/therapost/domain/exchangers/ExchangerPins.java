package org.therapost.domain.exchangers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;

/** Keeps the pins of threads, sealed with the server key. */
public interface ExchangerPins {

    /**
     * Changes a thread's pin in one transaction; nobody else changes it meanwhile. A thread without one has
     * {@link ExchangerPin#NONE}. When other exchangers are pinned than before, what waits in the queue for this thread is
     * tried at once. The change may be asked more than once, and has no effects of its own.
     *
     * @return the pin as it is now
     * @throws CannotTellException also if no consent of the client is in force
     */
    ExchangerPin change(ThreadId thread, Change change) throws CannotTellException;

    /**
     * Changes a thread's pin and files what is said about it, in one transaction. If a note of that name is in the record already,
     * nothing is changed. Without a consent in force there is no pin, and none comes.
     *
     * @return the note of that name; empty if nothing is said
     */
    Optional<FiledMessage> say(ThreadId thread, Saying saying) throws CannotTellException;

    /** The threads whose pin is {@link ExchangerPin#OF_EARLIER_CONSENT}. */
    List<ThreadId> ofEarlierConsents() throws CannotTellException;

    /** All threads that have one: those of the clients who consented. */
    List<ThreadId> all() throws CannotTellException;

    /** What is said about a pin. */
    interface Saying {

        /**
         * What is said, and the pin after it.
         *
         * @param now by the database's clock
         */
        Said of(ExchangerPin pin, Instant now) throws CannotTellException;
    }

    /** A pin, and the note to the therapist that belongs to its change. */
    record Said(ExchangerPin pin, Optional<Filing> note) {}

    /** One change of a pin. */
    interface Change {

        /**
         * The pin after it.
         *
         * @param now by the database's clock
         * @param lastMail when authenticated mail of the client was last accepted
         */
        ExchangerPin of(ExchangerPin pin, Instant now, Optional<Instant> lastMail);
    }
}
