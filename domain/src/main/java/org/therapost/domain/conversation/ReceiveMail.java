package org.therapost.domain.conversation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.therapost.domain.office.OutsideInvitations;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.ReceiveTimedMail;

/**
 * Inbound: mail from outside is authenticated, admitted, sealed and filed, all before DATA is answered. A
 * message for several of our addresses is filed for all of them, or refused.
 */
public final class ReceiveMail {

    private final Senders senders;
    private final Sealer sealer;
    private final Threads threads;
    private final ReceiveTimedMail timed;
    private final OutsideInvitations invitations;
    private final MessageIds messageIds;
    private final Clock clock;

    public ReceiveMail(
            Senders senders,
            Sealer sealer,
            Threads threads,
            ReceiveTimedMail timed,
            OutsideInvitations invitations,
            MessageIds messageIds,
            Clock clock) {
        this.senders = senders;
        this.sealer = sealer;
        this.threads = threads;
        this.timed = timed;
        this.invitations = invitations;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * Receives one message. If the same mail comes again, it is not filed a second time.
     *
     * @return what was filed, now or when it first came, one for each recipient; it is durable
     * @throws RefusedException if the sender may not write to one of the recipients; then nothing was filed
     * @throws CannotTellException if DNS or the database gave no answer; then nothing was filed
     */
    public List<FiledMessage> receive(ArrivedMail mail) throws RefusedException, CannotTellException {
        AuthenticSender sender = authenticate(mail);
        Optional<FiledMessage> invitation = invitation(mail, sender);
        if (invitation.isPresent()) {
            return List.of(invitation.get());
        }
        List<Place> places = new ArrayList<>();
        for (Destination destination : mail.recipients()) {
            places.add(admit(mail, sender, destination));
        }
        List<MessageId> ids = messageIds.of(mail.messageId(), mail.content(), places);
        List<Filing> filings = new ArrayList<>();
        for (MessageId id : ids) {
            Place place = places.get(filings.size());
            filings.add(new Filing(
                    id,
                    place,
                    seal(mail, place, readers(place, mail, id)),
                    marks(mail, sender, place, id)));
        }
        try {
            Optional<List<FiledMessage>> filed = threads.fileUntimed(filings);
            return filed.isPresent() ? filed.get() : timed.receive(mail, sender, filings);
        } catch (FiledBeforeException again) {
            return threads.filed(ids);
        }
    }

    private AuthenticSender authenticate(ArrivedMail mail) throws RefusedException, CannotTellException {
        try {
            return senders.authenticate(mail);
        } catch (RefusedException refused) {
            boolean unproved = refused.refusal() == Refusal.NOT_AUTHENTIC || refused.refusal() == Refusal.NOT_PROVED;
            if (unproved
                    && mail.recipients().stream().anyMatch(Destination.ToThread.class::isInstance)
                    && invitations.isOne(mail)) {
                invitations.hadNoEffect(mail, Optional.empty());
                throw new RefusedException(Refusal.INVITATION_NOT_AUTHENTIC);
            }
            if (refused instanceof UnprovedSenderException claimed) {
                tellNotProved(mail, claimed);
            }
            throw refused;
        }
    }

    private void tellNotProved(ArrivedMail mail, UnprovedSenderException unproved)
            throws RefusedException, CannotTellException {
        for (Destination destination : mail.recipients()) {
            if (destination instanceof Destination.ToThread to
                    && to.thread().client().writesAs(unproved.claimed())) {
                timed.clientNotProved(to.thread());
            }
        }
    }

    /**
     * Takes an invitation that a therapist's own calendar sends from outside. Any other invitation from
     * outside to a thread is refused.
     */
    private Optional<FiledMessage> invitation(ArrivedMail mail, AuthenticSender sender)
            throws RefusedException, CannotTellException {
        for (Destination destination : mail.recipients()) {
            if (destination instanceof Destination.ToThread to && !isClient(to.thread(), sender)) {
                if (!invitations.isOne(mail)) {
                    return Optional.empty();
                }
                Optional<FiledMessage> taken = invitations.take(to.thread(), mail, sender);
                if (taken.isEmpty()) {
                    invitations.hadNoEffect(mail, Optional.of(sender.address()));
                    throw new RefusedException(Refusal.INVITATION_NOT_AUTHENTIC);
                }
                return taken;
            }
        }
        return Optional.empty();
    }

    private static boolean isClient(ClientThread thread, AuthenticSender sender) {
        return thread.client().writesAs(sender.address());
    }

    private Place admit(ArrivedMail mail, AuthenticSender sender, Destination destination)
            throws RefusedException, CannotTellException {
        if (destination instanceof Destination.ToThread to) {
            if (!isClient(to.thread(), sender)) {
                // A therapist who writes from another mailbox by mistake causes no hint to the client.
                if (!invitations.isHers(to.thread(), sender)) {
                    timed.strangerWrote(to.thread(), mail);
                }
                throw new RefusedException(Refusal.NOT_AUTHENTIC);
            }
            return new Place.FromClient(to.thread());
        }
        return new Place.Enquiry(((Destination.ToTherapist) destination).therapist());
    }

    /**
     * If mail arrives encrypted to a therapist in custody {@code own}, it is served as it came, because the
     * therapist's program opens one layer only.
     */
    private SealedMessage seal(ArrivedMail mail, Place place, Readers readers) {
        Therapist therapist = therapist(place);
        boolean encrypted = therapist.custody() == Custody.OWN
                && mail.encrypted()
                        .filter(message -> sealer.isEncryptedTo(message, therapist.certificate()))
                        .isPresent();
        SealedMessage sealed = sealer.seal(mail.content(), readers);
        return encrypted ? sealed.servedAs(mail.content()) : sealed;
    }

    private static Therapist therapist(Place place) {
        return place instanceof Place.FromClient from ? from.thread().therapist() : ((Place.Enquiry) place).therapist();
    }

    private Readers readers(Place place, ArrivedMail mail, MessageId id) {
        if (place instanceof Place.FromClient from) {
            EmailAddress address = from.thread().address();
            return Reading.ofThread(from.thread(), address, messageId(mail, id, address), clock.instant());
        }
        Therapist therapist = therapist(place);
        return Reading.ofTherapist(therapist, messageId(mail, id, therapist.address()), clock.instant());
    }

    /** For mail without a Message-ID, the therapist's program knows the one that we gave it. */
    private Set<UUID> marks(ArrivedMail mail, AuthenticSender sender, Place place, MessageId id) {
        Set<UUID> marks = new HashSet<>(messageIds.marks().of(mail, sender, place));
        if (mail.messageId().isEmpty() && place instanceof Place.FromClient from) {
            ClientThread thread = from.thread();
            marks.addAll(messageIds.marks().ofRecord(thread, messageId(mail, id, thread.address())));
        }
        return marks;
    }

    private static String messageId(ArrivedMail mail, MessageId id, EmailAddress ours) {
        return mail.messageId().orElseGet(() -> Reading.messageId(id, ours));
    }
}
