package org.therapost.domain.pipeline;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.carriage.DeliveryReport;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.TimesOfMail;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.FoundKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.mail.TherapistMail;

/** Mail from outside: what each step of its pipeline makes of it. */
public sealed interface InboundMail extends MailInPipeline {

    /**
     * A mail as a server outside handed it over; nothing of it is read yet.
     *
     * @param peer the address of the SMTP client
     * @param helo its HELO or EHLO argument, as given
     * @param sender the envelope sender, however strange; empty for {@code <>} only
     * @param recipients to what its recipients lead
     */
    record Delivered(
            InetAddress peer, String helo, Optional<ReversePath> sender, Recipients recipients, MailContent content)
            implements InboundMail {

        @Override
        public String toString() {
            return "Delivered[" + content + "]";
        }
    }

    /**
     * To what the recipients of one mail lead; each was resolved at RCPT.
     *
     * @param destinations threads and therapists
     * @param operators whether it is for those who run the server; then it is for nobody else
     * @param parcel the parcel about which it is, by the address that only that parcel had; then it is for nobody else
     */
    record Recipients(List<Destination> destinations, boolean operators, Optional<SentParcels.Sent> parcel) {

        public Recipients {
            destinations = List.copyOf(destinations);
        }
    }

    /** Mail for the server itself: it has no author to prove, no filter sees it, and the last step takes it. */
    sealed interface ForServer extends InboundMail {}

    /** Mail to {@code postmaster} or {@code abuse}. */
    record ForOperators(MailContent content) implements ForServer {}

    /** A report on a parcel, sent to the address that only that parcel had. */
    record ReportOnParcel(SentParcels.Sent parcel, DeliveryReport report) implements ForServer {}

    /** A report that was sent to a thread's address: it proves nothing, and counts if it names a parcel of that thread. */
    record ReportToThread(ThreadId thread, DeliveryReport report) implements ForServer {}

    /** Mail whose author is proved. */
    record Authenticated(ArrivedMail mail, AuthenticSender sender) implements InboundMail {}

    /** Mail whose author may write to all its recipients. */
    sealed interface Admitted extends InboundMail, MailInPipeline.Filterable {

        ArrivedMail mail();

        @Override
        default MailContent content() {
            return mail().content();
        }

        /** The same mail as a filter has changed it. */
        Admitted changed(ArrivedMail mail);
    }

    /**
     * Mail of clients, and of strangers to a therapist's public address.
     *
     * @param places where it is to be filed
     * @param ids its name at each place; the names follow from the octets that arrived, whatever filters add
     * @param keys the author's certificates that came with it, as it arrived
     */
    record Writing(
            ArrivedMail mail,
            AuthenticSender sender,
            List<FilingPlace> places,
            List<MessageId> ids,
            List<FoundKey> keys)
            implements Admitted {

        public Writing {
            places = List.copyOf(places);
            ids = List.copyOf(ids);
            keys = List.copyOf(keys);
        }

        @Override
        public Writing changed(ArrivedMail changed) {
            return new Writing(changed, sender, places, ids, keys);
        }
    }

    /** An invitation that a therapist's own calendar sends to a thread from outside. */
    record Invitation(ArrivedMail mail, AuthenticSender sender, ClientThread thread, MessageId id) implements Admitted {

        @Override
        public Invitation changed(ArrivedMail changed) {
            return new Invitation(changed, sender, thread, id);
        }
    }

    /** Mail of which is known what the agreed times need to know. */
    sealed interface Timed extends InboundMail {

        /** Mail that the agreed times show or hold back, in the transaction that files it. */
        record OfWriter(Writing mail, TimesOfMail times) implements Timed {}

        /** An invitation, read. */
        record OfCalendar(Invitation mail, TherapistMail.Calendar calendar) implements Timed {}
    }

    /** Sealed mail: from here on only its readers can open it. */
    sealed interface Sealed extends InboundMail {

        /** Mail of a writer, sealed for each place. */
        record OfWriter(Timed.OfWriter mail, List<Filing> filings) implements Sealed {

            public OfWriter {
                filings = List.copyOf(filings);
            }
        }

        /** An invitation, sealed. */
        record OfCalendar(Timed.OfCalendar mail, Filing filing) implements Sealed {}
    }

    /** Where the mail is now; it is durable. */
    sealed interface End extends InboundMail, MailInPipeline.End {}

    /** It is in the record, now or since it first came: one message for each recipient. */
    record Filed(List<FiledMessage> messages) implements End {

        public Filed {
            messages = List.copyOf(messages);
        }
    }

    /** It waits, sealed, for those who run the server. */
    record KeptForOperators() implements End {}

    /** The therapist is told what the report says. */
    record Reported() implements End {}
}
