package org.therapost.domain.sessions.letters;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Terms;

/** Writes our own letters about the times of a thread, from templates, in the reader's language and zone. */
public interface SessionLetters {

    /**
     * A letter as the client gets it, from the thread's address, DKIM-signed.
     *
     * @param about the {@code Message-ID} of the client's mail that it is about
     * @param carriage how it travels; what {@link Carriage#WAIT} has to wait is written unsigned and
     *     unencrypted
     */
    MailContent toClient(
            ClientThread thread, ClientSettings client, ClientLetter notice, Optional<String> about, Carriage carriage)
            throws CannotTellException;

    /**
     * A note to the therapist, from the office, with the calendar part that the therapist's program needs.
     *
     * @param terms in force; their zone is the therapist's
     */
    MailContent toTherapist(
            ClientThread thread, Terms terms, ClientSettings client, TherapistNote note, NoteContext context);

    /** When a notice of ours to the client was written that has this {@code Message-ID}; empty if none has. */
    Optional<Instant> noticeWritten(ClientThread thread, String messageId);

    /** Whether a {@code Message-ID} is that of an invitation to this event of the thread, or of what followed on it. */
    boolean isInvitation(ClientThread thread, String uid, String messageId);

    /** Whether a {@code Message-ID} is that of one of our notes to the therapist of this thread. */
    boolean isNote(ClientThread thread, String messageId);
}
