package org.therapost.domain.conversation;

import java.util.List;
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
     * The threads of a therapist with the client who has this mailbox: it is a name of the thread, too, since mail programs
     * answer to {@code From:} and address books learn from there.
     *
     * @return none if the mailbox is no client's; several if it names more than one thread of this therapist
     */
    List<ClientThread> threadsWith(EmailAddress client, EmailAddress account) throws CannotTellException;

    /** All threads of a therapist. */
    List<ClientThread> threadsOf(Therapist therapist) throws CannotTellException;

    /** Whether a mailbox is that of a client of anybody here, or an address of ours. */
    boolean isOfSomebodyEnrolled(EmailAddress address) throws CannotTellException;

    /** A thread with all that is known of it now. */
    ClientThread thread(ThreadId id) throws RefusedException, CannotTellException;
}
