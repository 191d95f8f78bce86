package org.therapost.domain.pipeline;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.mail.TherapistMail;

/** Mail that a logged-in therapist submits: what each step of its pipeline makes of it. */
public sealed interface OutboundMail extends MailInPipeline {

    /**
     * A mail as the therapist's program handed it over; nothing of it is read yet.
     *
     * @param account the login name
     * @param sender the envelope sender; empty for {@code <>}
     * @param recipients the envelope recipients
     */
    record Submitted(
            EmailAddress account, Optional<EmailAddress> sender, List<EmailAddress> recipients, MailContent content)
            implements OutboundMail {

        public Submitted {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String toString() {
            return "Submitted[" + content + "]";
        }
    }

    /** Mail that speaks for nobody but the therapist who is logged in. */
    record Authenticated(Therapist therapist, Submission submission) implements OutboundMail {}

    /**
     * Mail to one addressee to whom the therapist may write.
     *
     * @param id its name, or that of the note that answers it; it follows from the octets that were submitted, whatever
     *     filters add
     */
    record Admitted(Therapist therapist, Submission submission, Addressee addressee, MessageId id)
            implements OutboundMail, MailInPipeline.Filterable {

        @Override
        public MailContent content() {
            return submission.content();
        }

        /** The same mail as a filter has changed it. */
        public Admitted changed(Submission changed) {
            return new Admitted(therapist, changed, addressee, id);
        }
    }

    /** Mail of which is known what it is. */
    sealed interface Timed extends OutboundMail {

        /** Mail to the office. */
        record ToOffice(Admitted mail) implements Timed {}

        /** A mail to a thread. */
        record ToThread(Admitted mail, ClientThread thread, TherapistMail read) implements Timed {}
    }

    /** Mail that is ready to be filed: sealed, with all that leaves for it. */
    sealed interface Sealed extends OutboundMail {

        /** A command to the office, of which nothing but the note that answers it will be kept. */
        record Command(Admitted mail) implements Sealed {}

        /** What a mail program sent by itself; nothing of it but the note about it will be kept. */
        record Automatic(Admitted mail, ClientThread thread, TherapistMail.Automatic read) implements Sealed {}

        /** A calendar's message. */
        record Calendar(Admitted mail, ClientThread thread, TherapistMail.Calendar read, Filing filing)
                implements Sealed {}

        /** An answer to a client: the letter, what its author has to be told of it, and the parcel for the client. */
        record Letter(
                Admitted mail, ClientThread thread, TherapistMail.Answer read, List<Filing> filings, Parcel parcel)
                implements Sealed {

            public Letter {
                filings = List.copyOf(filings);
            }
        }
    }

    /** The letter, or the note that answers, is in the record, and its parcel is posted; both are durable. */
    record Filed(FiledMessage message) implements OutboundMail, MailInPipeline.End {}
}
