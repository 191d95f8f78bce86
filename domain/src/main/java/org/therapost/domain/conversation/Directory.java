package org.therapost.domain.conversation;

import java.util.List;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.people.Therapist;

/** Finds the owner of an address. */
public interface Directory {

    /**
     * The thread or therapist that an address of ours names.
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
     * The threads of a therapist with the client who has this mailbox. The client's mailbox names the
     * thread too, because mail programs reply to {@code From:} and address books learn that address.
     *
     * @return none if the mailbox is no client's; several if it names more than one thread of this
     *     therapist
     */
    List<ClientThread> threadsWith(EmailAddress client, EmailAddress account) throws CannotTellException;

    /** All threads of a therapist. One whose rows somebody changed does not keep the others from being read. */
    ThreadList threadsOf(Therapist therapist) throws CannotTellException;

    /**
     * Threads.
     *
     * @param readable those that are as this server wrote them, the oldest first
     * @param changed those that are not, of which nothing else can be told. Whoever looks for one thread, and does not find it
     *     among those that are readable, cannot tell while there are any
     */
    record ThreadList(List<ClientThread> readable, Set<ThreadId> changed) {}

    /** Whether a mailbox belongs to a client of any therapist here, or is an address of ours. */
    boolean isOfSomebodyEnrolled(EmailAddress address) throws CannotTellException;

    /** A thread with all that is known of it now. */
    ClientThread thread(ThreadId id) throws RefusedException, CannotTellException;
}
