package org.therapost.domain.exchangers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;

/** Keeps the pins of threads, sealed with the server key. */
public interface ExchangerPins {

    /**
     * Changes a thread's pin in one transaction; nobody else changes it meanwhile. A thread without one has
     * {@link ExchangerPin#NONE}. When other exchangers are pinned than before, what waits in the queue for this thread is
     * tried at once.
     *
     * @return the pin as it is now
     */
    ExchangerPin change(ThreadId thread, Change change) throws CannotTellException;

    /** Forgets a thread's pin. */
    void forget(ThreadId thread) throws CannotTellException;

    /** The threads whose pin is {@link ExchangerPin#OF_EARLIER_CONSENT}. */
    List<ThreadId> ofEarlierConsents() throws CannotTellException;

    /** All threads that have one: those of the clients who consented. */
    List<ThreadId> all() throws CannotTellException;

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
