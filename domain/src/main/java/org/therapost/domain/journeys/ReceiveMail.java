package org.therapost.domain.journeys;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.answers.UnprovedSenderException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.KeysInMail;
import org.therapost.domain.conversation.incoming.Senders;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.office.ExternalInvitations;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.journeys.ReceiveTimedMail;

/**
 * Inbound: the steps that mail from outside takes, in the order of the methods, all before DATA is answered. A
 * message for several of our addresses is filed for all of them, or refused.
 */
public final class ReceiveMail {

    private final Senders senders;
    private final Sealer sealer;
    private final Threads threads;
    private final ReceiveTimedMail timed;
    private final ExternalInvitations invitations;
    private final Keys keys;
    private final StableMessageIds messageIds;
    private final Clock clock;

    /** What finds certificates in clients' mail, and who takes them. */
    public record Keys(KeysInMail inMail, ClientKeyDesk desk) {}

    public ReceiveMail(
            Senders senders,
            Sealer sealer,
            Threads threads,
            ReceiveTimedMail timed,
            ExternalInvitations invitations,
            Keys keys,
            StableMessageIds messageIds,
            Clock clock) {
        this.senders = senders;
        this.sealer = sealer;
        this.threads = threads;
        this.timed = timed;
        this.invitations = invitations;
        this.keys = keys;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * Proves who wrote a mail.
     *
     * @throws RefusedException if its author is not proved; an invitation then is told to the therapist
     * @throws CannotTellException if DNS gave no answer
     */
    public InboundMail.Authenticated authenticate(ArrivedMail mail) throws RefusedException, CannotTellException {
        return new InboundMail.Authenticated(mail, author(mail));
    }

    /**
     * Admits only those who may write to every recipient: the enrolled client to a thread, the therapist's own calendar with
     * an invitation, anybody to a therapist's public address.
     *
     * @throws RefusedException if the sender may not write to one of the recipients
     */
    public InboundMail.Admitted admit(InboundMail.Authenticated authenticated)
            throws RefusedException, CannotTellException {
        ArrivedMail mail = authenticated.mail();
        Optional<InboundMail.Invitation> invitation = invitation(mail, authenticated.sender());
        if (invitation.isPresent()) {
            return invitation.get();
        }
        List<FilingPlace> places = new ArrayList<>();
        for (Destination destination : mail.recipients()) {
            places.add(admit(mail, authenticated.sender(), destination));
        }
        boolean fromClient = places.stream().anyMatch(FilingPlace.FromClient.class::isInstance);
        return new InboundMail.Writing(
                mail,
                authenticated.sender(),
                places,
                names(mail, places),
                fromClient ? keys.inMail().of(mail, authenticated.sender()) : List.of());
    }

    /**
     * Prepares what the agreed times decide with.
     *
     * @throws RefusedException if an invitation is none that counts
     */
    public InboundMail.Timed enforceTimes(InboundMail.Admitted admitted) throws RefusedException, CannotTellException {
        if (admitted instanceof InboundMail.Invitation invitation) {
            return new InboundMail.Timed.OfCalendar(
                    invitation, invitations.read(invitation.thread(), invitation.mail(), invitation.sender()));
        }
        InboundMail.Writing writing = (InboundMail.Writing) admitted;
        return new InboundMail.Timed.OfWriter(writing, timed.of(writing.mail(), writing.sender()));
    }

    /** Seals a mail to those who may read it at each place. */
    public InboundMail.Sealed seal(InboundMail.Timed mail) {
        if (mail instanceof InboundMail.Timed.OfCalendar calendar) {
            return new InboundMail.Sealed.OfCalendar(calendar, seal(calendar.mail()));
        }
        InboundMail.Timed.OfWriter timedMail = (InboundMail.Timed.OfWriter) mail;
        InboundMail.Writing writing = timedMail.mail();
        List<Filing> filings = new ArrayList<>();
        for (MessageId id : writing.ids()) {
            FilingPlace filingPlace = writing.places().get(filings.size());
            filings.add(new Filing(
                    id,
                    filingPlace,
                    seal(writing.mail(), filingPlace, readers(filingPlace, writing.mail(), id)),
                    marks(writing.mail(), writing.sender(), filingPlace, id)));
        }
        return new InboundMail.Sealed.OfWriter(timedMail, filings);
    }

    /**
     * Files a mail for all its recipients. The same mail again is filed no second time.
     *
     * @return what was filed, now or when it first came, one for each recipient
     * @throws CannotTellException if the database gave no answer; then nothing was filed
     */
    public InboundMail.Filed file(InboundMail.Sealed mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.Sealed.OfCalendar calendar) {
            return file(calendar);
        }
        InboundMail.Sealed.OfWriter sealed = (InboundMail.Sealed.OfWriter) mail;
        // First: if it fails, the sender hands the mail over again, and nothing is lost.
        takeKeys(sealed.mail().mail());
        Optional<List<FiledMessage>> filed = threads.fileUntimed(sealed.filings());
        return new InboundMail.Filed(
                filed.isPresent() ? filed.get() : sealed.mail().times().file(sealed.filings()));
    }

    private void takeKeys(InboundMail.Writing mail) throws RefusedException, CannotTellException {
        for (FilingPlace place : mail.places()) {
            if (place instanceof FilingPlace.FromClient from) {
                keys.desk().foundInMail(from.thread(), mail.sender().address(), mail.keys());
            }
        }
    }

    private InboundMail.Filed file(InboundMail.Sealed.OfCalendar sealed) throws RefusedException, CannotTellException {
        InboundMail.Invitation invitation = sealed.mail().mail();
        return new InboundMail.Filed(List.of(invitations.keep(
                invitation.thread(),
                sealed.mail().calendar(),
                sealed.filing(),
                invitation.mail().messageId())));
    }

    private AuthenticSender author(ArrivedMail mail) throws RefusedException, CannotTellException {
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
     * Finds an invitation that a therapist's own calendar sends from outside. Any other invitation from
     * outside to a thread is refused.
     */
    private Optional<InboundMail.Invitation> invitation(ArrivedMail mail, AuthenticSender sender)
            throws RefusedException, CannotTellException {
        for (Destination destination : mail.recipients()) {
            if (destination instanceof Destination.ToThread to && !isClient(to.thread(), sender)) {
                if (!invitations.isOne(mail)) {
                    return Optional.empty();
                }
                if (mail.recipients().size() > 1 || !invitations.isHers(to.thread(), sender)) {
                    invitations.hadNoEffect(mail, Optional.of(sender.address()));
                    throw new RefusedException(Refusal.INVITATION_NOT_AUTHENTIC);
                }
                MessageId id = names(mail, List.of(new FilingPlace.FromTherapist(to.thread())))
                        .get(0);
                return Optional.of(new InboundMail.Invitation(mail, sender, to.thread(), id));
            }
        }
        return Optional.empty();
    }

    private List<MessageId> names(ArrivedMail mail, List<FilingPlace> places) {
        return messageIds.of(mail.messageId(), mail.content(), places);
    }

    private static boolean isClient(ClientThread thread, AuthenticSender sender) {
        return thread.client().writesAs(sender.address());
    }

    private FilingPlace admit(ArrivedMail mail, AuthenticSender sender, Destination destination)
            throws RefusedException, CannotTellException {
        if (destination instanceof Destination.ToThread to) {
            if (!isClient(to.thread(), sender)) {
                // A therapist who writes from another mailbox by mistake causes no hint to the client.
                if (!invitations.isHers(to.thread(), sender)) {
                    timed.strangerWrote(to.thread(), mail);
                }
                throw new RefusedException(Refusal.NOT_AUTHENTIC);
            }
            requireReadable(mail, to.thread());
            return new FilingPlace.FromClient(to.thread());
        }
        return new FilingPlace.Enquiry(((Destination.ToTherapist) destination).therapist());
    }

    /** A thread's secret key is in no mail program: what is encrypted to it, and not to the therapist too, nobody could read. */
    private void requireReadable(ArrivedMail mail, ClientThread thread) throws RefusedException {
        boolean unreadable = mail.encrypted()
                .filter(message -> sealer.isEncryptedTo(message, thread.key()))
                .filter(message ->
                        !sealer.isEncryptedTo(message, thread.therapist().certificate()))
                .isPresent();
        if (unreadable) {
            throw new RefusedException(Refusal.ENCRYPTED_TO_THREAD);
        }
    }

    private Filing seal(InboundMail.Invitation invitation) {
        ClientThread thread = invitation.thread();
        EmailAddress author = thread.therapist().address();
        String messageId = messageId(invitation.mail(), invitation.id(), author);
        return new Filing(
                invitation.id(),
                new FilingPlace.FromTherapist(thread),
                sealer.seal(invitation.content(), MessageReaders.ofThread(thread, author, messageId, clock.instant())),
                messageIds.marks().ofRecord(thread, messageId));
    }

    /**
     * If mail arrives encrypted to a therapist in custody {@code own}, it is served as it came, because the
     * therapist's program opens one layer only.
     */
    private SealedMessage seal(ArrivedMail mail, FilingPlace filingPlace, Readers readers) {
        Therapist therapist = therapist(filingPlace);
        boolean encrypted = therapist.custody() == Custody.OWN
                && mail.encrypted()
                        .filter(message -> sealer.isEncryptedTo(message, therapist.certificate()))
                        .isPresent();
        SealedMessage sealed = sealer.seal(mail.content(), readers);
        return encrypted ? sealed.servedAs(mail.content()) : sealed;
    }

    private static Therapist therapist(FilingPlace filingPlace) {
        return filingPlace instanceof FilingPlace.FromClient from
                ? from.thread().therapist()
                : ((FilingPlace.Enquiry) filingPlace).therapist();
    }

    private Readers readers(FilingPlace filingPlace, ArrivedMail mail, MessageId id) {
        if (filingPlace instanceof FilingPlace.FromClient from) {
            EmailAddress address = from.thread().address();
            return MessageReaders.ofThread(from.thread(), address, messageId(mail, id, address), clock.instant());
        }
        Therapist therapist = therapist(filingPlace);
        return MessageReaders.ofTherapist(therapist, messageId(mail, id, therapist.address()), clock.instant());
    }

    /** For mail without a Message-ID, the therapist's program knows the one that we gave it. */
    private Set<UUID> marks(ArrivedMail mail, AuthenticSender sender, FilingPlace filingPlace, MessageId id) {
        Set<UUID> marks = new HashSet<>(messageIds.marks().of(mail, sender, filingPlace));
        if (mail.messageId().isEmpty() && filingPlace instanceof FilingPlace.FromClient from) {
            ClientThread thread = from.thread();
            marks.addAll(messageIds.marks().ofRecord(thread, messageId(mail, id, thread.address())));
        }
        return marks;
    }

    private static String messageId(ArrivedMail mail, MessageId id, EmailAddress ours) {
        return mail.messageId().orElseGet(() -> MessageReaders.messageId(id, ours));
    }
}
