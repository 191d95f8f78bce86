package org.therapost.domain.office;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes the notes of the office, and knows them again in what answers them. */
public interface OfficeNotes {

    /**
     * A note.
     *
     * @param about the thread that it is about, if it is about one
     * @param answers the {@code Message-ID}, with angle brackets, of the mail that it answers
     */
    MailContent write(Therapist therapist, Optional<ClientThread> about, OfficeNote note, Optional<String> answers);

    /** Whether a {@code Message-ID} is that of a note of any kind to this therapist. */
    boolean isOne(Therapist therapist, String messageId);

    /** Whether a {@code Message-ID} is that of a note, of the office or about agreed times, about this thread. */
    boolean isAbout(ClientThread thread, String messageId);

    /** Whether a {@code Message-ID} is that of the note that asks a therapist about an address. */
    boolean asks(Therapist therapist, EmailAddress organizer, String messageId);
}
