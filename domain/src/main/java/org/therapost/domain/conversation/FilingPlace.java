package org.therapost.domain.conversation;

import org.therapost.domain.people.Therapist;

/** Where a message is filed. */
public sealed interface FilingPlace {

    /**
     * From the client, into the thread's folder and, as new, into INBOX.
     *
     * @param mark how it stands to the agreed times
     */
    record FromClient(ClientThread thread, DeliveryMark mark) implements FilingPlace {

        public FromClient(ClientThread thread) {
            this(thread, DeliveryMark.NONE);
        }
    }

    /** From the therapist, into the thread's folder, as read. */
    record FromTherapist(ClientThread thread) implements FilingPlace {}

    /** A stranger's message, into {@code Enquiries}. */
    record Enquiry(Therapist therapist) implements FilingPlace {}

    /** A note to the therapist, into INBOX. */
    record Notice(Therapist therapist) implements FilingPlace {}
}
