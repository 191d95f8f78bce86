package org.therapost.mailets.pipeline;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.DeliveryReport;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.ReplyReferences;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.AddressList;
import org.therapost.mailets.mime.EncryptedMail;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;
import org.therapost.mailets.reports.DeliveryReportReader;

/** Reads mail that enters a pipeline, and mail that a filter has changed: its header, and whether it is for the server itself. */
public final class MailIntake {

    /** The field that says that a filter has changed what arrived. */
    static final String REWRITTEN_BY = "X-Therapost-Rewritten-By";

    // Octets by which a filter may make a mail larger.
    private static final int MOST_GROWTH = 1024 * 1024;

    private final MailReader reader;
    private final DeliveryReportReader reports;
    private final Directory directory;

    @Inject
    public MailIntake(MailReader reader, DeliveryReportReader reports, Directory directory) {
        this.reader = reader;
        this.reports = reports;
        this.directory = directory;
    }

    /**
     * Reads the header section, and checks the structure.
     *
     * @throws RefusedException if it is beyond the limits
     */
    MailHeader read(MailContent content) throws RefusedException {
        return reader.read(content);
    }

    /** The mail, if it is for those who run the server, or a report about a parcel of ours. */
    Optional<InboundMail.ForServer> forServer(InboundMail.Delivered mail) {
        if (mail.recipients().operators()) {
            return Optional.of(new InboundMail.ForOperators(mail.content()));
        }
        List<Destination> destinations = mail.recipients().destinations();
        Optional<SentParcels.Sent> parcel = mail.recipients().parcel();
        boolean toThread = destinations.size() == 1 && destinations.get(0) instanceof Destination.ToThread;
        if (mail.sender().isPresent() || (parcel.isEmpty() && !toThread)) {
            return Optional.empty();
        }
        Optional<DeliveryReport> report = reports.read(mail.content());
        return report.map(read -> parcel.isPresent()
                ? new InboundMail.ReportOnParcel(parcel.get(), read)
                : new InboundMail.ReportToThread(
                        ((Destination.ToThread) destinations.get(0)).thread().id(), read));
    }

    /**
     * Mail for threads and therapists.
     *
     * @throws RefusedException {@link Refusal#UNKNOWN_RECIPIENT} if it is for none
     */
    ArrivedMail arrived(InboundMail.Delivered mail, MailHeader header) throws RefusedException, CannotTellException {
        List<Destination> destinations = destinations(mail.recipients());
        if (destinations.isEmpty()) {
            throw new RefusedException(Refusal.UNKNOWN_RECIPIENT);
        }
        return new ArrivedMail(
                new ArrivedMail.Envelope(mail.peer(), mail.helo(), mail.sender(), destinations),
                header.messageId(),
                header.answered(),
                EncryptedMail.message(header, mail.content()),
                mail.content());
    }

    private List<Destination> destinations(InboundMail.Recipients recipients)
            throws RefusedException, CannotTellException {
        // What answers a parcel of ours by itself, such as an absence note, is mail for its thread.
        return recipients.parcel().isPresent()
                ? List.of(new Destination.ToThread(
                        directory.thread(recipients.parcel().get().thread())))
                : recipients.destinations();
    }

    /**
     * A therapist's mail.
     *
     * @throws RefusedException if an address in its header cannot be read, or it is beyond the limits
     */
    Submission submission(OutboundMail.Submitted mail) throws RefusedException {
        MailHeader header = read(mail.content());
        AddressList speakers = header.speakers();
        AddressList named = header.named();
        if (!speakers.complete()) {
            throw new RefusedException(Refusal.NOT_SELF);
        }
        if (!named.complete()) {
            throw new RefusedException(Refusal.NOT_A_THREAD);
        }
        return new Submission(
                new Submission.Envelope(mail.account(), mail.sender(), mail.recipients()),
                new Submission.Header(
                        speakers.readable(),
                        named.readable(),
                        new ReplyReferences(header.inReplyTo(), header.references()),
                        header.messageId()),
                mail.content());
    }

    /** A mail to which a filter has added fields above what arrived; it need not be read again. */
    public MailInPipeline.Filterable withFields(MailInPipeline.Filterable mail, MailContent content) {
        if (mail instanceof InboundMail.Admitted inbound) {
            ArrivedMail arrived = inbound.mail();
            return inbound.changed(arrived.changed(arrived.answers(), arrived.encrypted(), content));
        }
        OutboundMail.Admitted outbound = (OutboundMail.Admitted) mail;
        return outbound.changed(outbound.submission().changed(content));
    }

    /**
     * A mail that a filter has changed, read anew and marked.
     *
     * @param by the filter
     * @throws RefusedException if it is beyond the limits now
     */
    public MailInPipeline.Filterable rewritten(MailInPipeline.Filterable mail, MailContent changed, Class<?> by)
            throws RefusedException, MessagingException {
        if (changed.size() > mail.content().size() + MOST_GROWTH) {
            throw new RefusedException(Refusal.TOO_LARGE);
        }
        MailContent marked = FilteredMail.above(List.of(REWRITTEN_BY + ": " + by.getSimpleName()), changed);
        MailHeader header = read(marked);
        if (mail instanceof InboundMail.Admitted inbound) {
            return inbound.changed(
                    inbound.mail().changed(header.answered(), EncryptedMail.message(header, marked), marked));
        }
        return withFields(mail, marked);
    }
}
