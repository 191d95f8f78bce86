package org.therapost.protocols.smtp.handlers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.pipeline.InboundMail;

/** To what the recipients of the current transaction on the public server lead. */
public final class ReceivedRecipients {

    private static final AttachmentKey<ReceivedRecipients> KEY =
            AttachmentKey.of("therapost.received", ReceivedRecipients.class);

    private final List<Destination> destinations = new ArrayList<>();
    private boolean operator;
    private Optional<SentParcels.Sent> reported = Optional.empty();

    public static ReceivedRecipients of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction).orElseGet(() -> {
            ReceivedRecipients none = new ReceivedRecipients();
            session.setAttachment(KEY, none, State.Transaction);
            return none;
        });
    }

    /** Adds the parcel about which the mail is, by the address that only that parcel had. */
    public void add(SentParcels.Sent parcel) {
        reported = Optional.of(parcel);
    }

    /** The parcel about which the mail is; then it has no other recipient. */
    public Optional<SentParcels.Sent> reported() {
        return reported;
    }

    /** Adds one unless it is there already: a message goes once into a thread. */
    public void add(Destination destination) {
        if (destinations.stream().noneMatch(known -> same(known, destination))) {
            destinations.add(destination);
        }
    }

    /** Adds those who run the server; nobody else is named then. */
    public void addOperator() {
        operator = true;
    }

    /** Whether it is for those who run the server. */
    public boolean operator() {
        return operator;
    }

    /** All of them. */
    public InboundMail.Recipients all() {
        return new InboundMail.Recipients(destinations, operator, reported);
    }

    public List<Destination> destinations() {
        return List.copyOf(destinations);
    }

    private static boolean same(Destination one, Destination other) {
        if (one instanceof Destination.ToThread thread && other instanceof Destination.ToThread that) {
            return thread.thread().id().equals(that.thread().id());
        }
        return one instanceof Destination.ToTherapist therapist
                && other instanceof Destination.ToTherapist that
                && therapist.therapist().id().equals(that.therapist().id());
    }
}
