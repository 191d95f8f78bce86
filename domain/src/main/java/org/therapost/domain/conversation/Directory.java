package org.therapost.domain.conversation;

import java.util.Optional;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Therapist;

/** Knows which of our addresses is whose. */
public interface Directory {

    /**
     * What an address leads to.
     *
     * @throws RefusedException {@link Refusal#UNKNOWN_RECIPIENT}
     */
    Destination resolve(EmailAddress address) throws RefusedException, CannotTellException;

    /**
     * The therapist behind a login name.
     *
     * @throws RefusedException {@link Refusal#NOT_SELF} if that account is no therapist
     */
    Therapist therapist(EmailAddress account) throws RefusedException, CannotTellException;

    /**
     * The thread of a therapist with the client who has this mailbox; empty if there is none.
     *
     * <p>Mail programs answer to the address in {@code From:}, which is the client's.
     */
    Optional<ClientThread> threadWith(EmailAddress client, EmailAddress account) throws CannotTellException;

    /** A thread with all that is known of it now. */
    ClientThread thread(ThreadId id) throws RefusedException, CannotTellException;
}
