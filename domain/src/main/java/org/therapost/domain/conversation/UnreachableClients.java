package org.therapost.domain.conversation;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;

/** Clients whose mailbox was stored under older rules for addresses and is refused now: no mail can go there. */
public interface UnreachableClients {

    /**
     * Looks through all clients, and forgets what was told of those who have become reachable.
     *
     * @return threads of unreachable clients of whom the therapist was not told
     */
    List<ThreadId> untold() throws CannotTellException;

    /**
     * Files what the therapist is told of a client, unless that was done before.
     *
     * @return whether it was filed now
     */
    boolean tell(ThreadId thread, Filing note) throws CannotTellException;

    /** The threads' addresses of all of whom the therapist was told and who have no other mailbox yet, in order. */
    List<EmailAddress> told() throws CannotTellException;
}
