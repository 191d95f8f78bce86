package org.therapost.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.PgpMimeEnvelope;
import org.therapost.domain.sealing.Readers;

/** Decides to which readers a message is sealed. */
public final class MessageReaders {

    private MessageReaders() {}

    /**
     * Readers of a thread's message: the thread's key and, in custody {@code own}, the therapist's certificate, because
     * their own program must open what the server cannot.
     *
     * @param messageId the message identifier that the envelope shows
     * @param from the address that the envelope of custody {@code own} shows as author
     */
    public static Readers ofThread(ClientThread thread, EmailAddress from, String messageId, Instant now) {
        Therapist therapist = thread.therapist();
        if (therapist.custody() == Custody.LOGIN) {
            return Readers.of(thread.key());
        }
        EmailAddress to = from.equals(thread.address()) ? therapist.address() : thread.address();
        return new Readers(
                List.of(thread.key(), therapist.certificate()),
                Optional.of(new PgpMimeEnvelope(from, to, now, messageId)));
    }

    /** The {@code Message-ID} of a message of ours, or of one that came without. */
    public static String messageId(MessageId id, EmailAddress ours) {
        return "<" + id.value() + "@" + ours.domain() + ">";
    }

    /** Readers of a note of ours, whose envelope has the identifier of the note: "Reply" names it in either custody. */
    public static Readers ofNote(Therapist therapist, MessageId id, MailContent note, Instant now) {
        return ofTherapist(therapist, note.messageId().orElseGet(() -> messageId(id, therapist.address())), now);
    }

    /** Readers of what has no thread: enquiries, notices, drafts. */
    public static Readers ofTherapist(Therapist therapist, String messageId, Instant now) {
        if (therapist.custody() == Custody.LOGIN) {
            return Readers.of(therapist.certificate());
        }
        EmailAddress self = therapist.address();
        return new Readers(
                List.of(therapist.certificate()), Optional.of(new PgpMimeEnvelope(self, self, now, messageId)));
    }
}
