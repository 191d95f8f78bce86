package org.therapost.domain.conversation;

import org.therapost.domain.people.Therapist;

/** Where a message is filed. */
public sealed interface Place {

    /** From the client, into the thread's folder and, as new, into INBOX. */
    record FromClient(ClientThread thread) implements Place {}

    /** From the therapist, into the thread's folder, as read. */
    record FromTherapist(ClientThread thread) implements Place {}

    /** A stranger's message, into {@code Enquiries}. */
    record Enquiry(Therapist therapist) implements Place {}

    /** A word of ours to the therapist, into INBOX. */
    record Notice(Therapist therapist) implements Place {}
}
