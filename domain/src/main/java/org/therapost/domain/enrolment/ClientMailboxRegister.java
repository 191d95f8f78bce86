package org.therapost.domain.enrolment;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;

/** Keeps from which mailboxes a client writes. Each call is one transaction: all of it or nothing. */
public interface ClientMailboxRegister {

    /**
     * Adds a further mailbox.
     *
     * @throws EnrolmentException if it is enrolled with this therapist already
     */
    void add(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException;

    /**
     * Removes a further mailbox.
     *
     * @throws EnrolmentException if it is none of the thread's further mailboxes
     */
    void remove(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException;

    /**
     * Makes a further mailbox the primary one; the one that was becomes a further one.
     *
     * @throws EnrolmentException if it is none of the thread's further mailboxes
     */
    void makePrimary(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException;
}
