package org.therapost.domain.carriage;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;

/**
 * Takes the report of a mail server that had accepted a parcel and could not deliver it. The therapist gets
 * a note with what the report says. The report itself may quote anything, and is not kept.
 */
public final class ReceiveReport {

    private final SentParcels sent;
    private final BounceAddresses addresses;
    private final Directory directory;
    private final Composer composer;
    private final Sealer sealer;
    private final Clock clock;

    public ReceiveReport(
            SentParcels sent,
            BounceAddresses addresses,
            Directory directory,
            Composer composer,
            Sealer sealer,
            Clock clock) {
        this.sent = sent;
        this.addresses = addresses;
        this.directory = directory;
        this.composer = composer;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * The parcel whose envelope sender an address is; empty if the address does not have that form.
     *
     * @param nullSender whether the mail has the null reverse-path, as reports have (RFC 3464 section 2)
     * @throws RefusedException {@link Refusal#UNKNOWN_RECIPIENT} if no parcel of the last ten days has it,
     *     or it is no report
     */
    public Optional<SentParcels.Sent> addressee(EmailAddress recipient, boolean nullSender)
            throws RefusedException, CannotTellException {
        if (!addresses.isOne(recipient)) {
            return Optional.empty();
        }
        Optional<SentParcels.Sent> parcel = nullSender ? sent.byAddress(recipient) : Optional.empty();
        if (parcel.isEmpty()) {
            throw new RefusedException(Refusal.UNKNOWN_RECIPIENT);
        }
        return parcel;
    }

    /**
     * Takes a report that came to the address of its parcel.
     *
     * @throws RefusedException {@link Refusal#NOT_AUTHENTIC} if it is no report that we asked for
     */
    public void receive(SentParcels.Sent parcel, DeliveryReport report) throws RefusedException, CannotTellException {
        tell(parcel, report, true);
    }

    /**
     * Takes a report that came to a thread's address: some servers rewrite envelope senders. It counts if
     * it names a parcel of that thread, and the note says that it is unproved.
     *
     * @throws RefusedException {@link Refusal#NOT_AUTHENTIC} if it does not, whatever the reason
     */
    public void receive(ThreadId thread, DeliveryReport report) throws RefusedException, CannotTellException {
        Optional<SentParcels.Sent> parcel = report.messageId().isPresent()
                ? sent.byMessageId(thread, report.messageId().get())
                : Optional.empty();
        tell(parcel.orElseThrow(() -> new RefusedException(Refusal.NOT_AUTHENTIC)), report, false);
    }

    private void tell(SentParcels.Sent parcel, DeliveryReport report, boolean proved)
            throws RefusedException, CannotTellException {
        if (report.outcome() == DeliveryReport.Outcome.ARRIVED) {
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }
        ClientThread thread = directory.thread(parcel.thread());
        CarriageNote notice = new CarriageNote.Reported(
                thread, report.outcome() == DeliveryReport.Outcome.FAILED, report.status(), proved);
        sent.report(parcel.parcel(), report.outcome(), List.of(filing(thread.therapist(), notice)));
    }

    private Filing filing(Therapist therapist, CarriageNote notice) {
        MailContent text = composer.notice(therapist, notice);
        MessageId id = new MessageId(UUID.randomUUID());
        return new Filing(
                id,
                new FilingPlace.Notice(therapist),
                sealer.seal(text, MessageReaders.ofNote(therapist, id, text, clock.instant())));
    }
}
